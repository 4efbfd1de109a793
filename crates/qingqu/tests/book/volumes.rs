//! A project on paper and as an archive, as a browser gets them: the bound file of a declaration, a form, the whole life; and the check
//! of the archive without the book.

use std::io::Cursor;

use app::archive::check::{Checked, check};
use app::archive::{ACTS, HEAD, MANIFEST, MANIFEST_SM3, Manifest, PROOFS, README};
use app::rows::{CaseFilter, Scope};
use app::view::Viewer;
use app::view::case::{BoundFile, BoundWhat};
use app::view::state::Paper;
use app::{Command, Request as AppRequest};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use clap::Parser;
use documents::archive::{Packer, Unpacker};
use journal::HashKind;
use kernel::id::{CaseId, PaperHash};
use qingqu::archives::Unzipped;
use qingqu::cli::{Exit, Streams};
use qingqu::cmd::text;
use qingqu::demo::PASSWORD;
use testkit::poppler::Poppler;

use crate::http::{Got, Http};
use crate::regimes::{Told, tell};

/// The site, and the cookie of whoever signed in.
pub struct Site {
    pub told: Told,
    http: Http,
}

impl Site {
    pub fn of(policy: &str) -> Site {
        let told = tell(policy);
        let http = Http::over(&told.app, PASSWORD);
        Site { told, http }
    }

    pub async fn cookie(&self, login: &str) -> String {
        let form = format!("login={login}&password={}", web::cookies::encode(PASSWORD));
        let page = Request::builder()
            .method("POST")
            .uri("/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .unwrap();
        let got = self.http.send(page).await;
        got.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned()
    }

    pub async fn get(&self, cookie: &str, path: &str) -> Got {
        let request = Request::builder().uri(path).header(header::COOKIE, cookie).body(Body::empty());
        self.http.send(request.unwrap()).await
    }

    /// The sign-in name of the first person with a role.
    pub fn login(&self, role: &str) -> &str {
        &self.told.sign_ins.iter().find(|one| one.role == role).unwrap().login
    }

    /// The township of a case files it once more as a plan: with a text document and a damaged file, and nothing else yet.
    fn files_a_plan_only(&self, office: &Viewer, like: CaseId) -> CaseId {
        let app = &self.told.app;
        let case = app.case_page(office, like).unwrap().case;
        let first = &case.declared[0];
        let mut form = first.form.clone();
        form.fields.insert("late".to_owned(), "演示".to_owned());
        let paper = |name: &str, media: &str, bytes: &[u8]| {
            let hash = PaperHash(*HashKind::Sm3.plain(bytes).as_bytes());
            app.house.put_paper(&hash, bytes).unwrap();
            let size = i64::try_from(bytes.len()).unwrap();
            Paper { paper: "plan".into(), name: name.into(), hash, size, media: media.into() }
        };
        let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        let papers = vec![
            paper("方案.docx", docx, b"PK and so on"),
            paper("坏.pdf", "application/pdf", b"%PDF-1.4 and nothing more"),
        ];
        let towns = self.told.sign_ins.iter().map(|one| self.told.viewer(&one.login));
        let town = towns.into_iter().find(|viewer| viewer.org == case.applicant).unwrap();
        let command = Command::Declare {
            case: None,
            pack: case.pack.clone(),
            procedure: case.procedure.clone(),
            step: None,
            parent: None,
            form,
            papers,
        };
        let answer = app.submit(AppRequest { who: town.who(), key: String::new(), command }).unwrap();
        CaseId(answer.id.unwrap())
    }

    /// The projects of the library, oldest first.
    pub fn library(&self) -> Vec<CaseId> {
        let filter = CaseFilter { library: true, ..CaseFilter::within(Scope::All, 500) };
        let mut cases: Vec<CaseId> =
            self.told.app.reads.cases(&filter).unwrap().rows.iter().map(|row| row.case).collect();
        cases.sort();
        cases
    }
}

pub fn pages(pdf: &[u8]) -> Option<Vec<String>> {
    let poppler = Poppler::found().unwrap_or_else(|unread| panic!("{unread}"))?;
    let close = |page: String| page.split_whitespace().collect();
    Some(poppler.pages(pdf).unwrap().into_iter().map(close).collect())
}

pub fn pdf(got: &Got) -> &[u8] {
    assert_eq!(got.status, StatusCode::OK, "{}", String::from_utf8_lossy(&got.bytes));
    assert_eq!(got.headers[header::CONTENT_TYPE], "application/pdf");
    &got.bytes
}

#[tokio::test]
async fn a_declaration_is_bound_as_one_volume_for_those_who_see_it() {
    let site = Site::of("jizhou");
    let (app, office) = (&site.told.app, site.told.viewer(site.login("jz_agri")));
    let bound = |id: &CaseId| app.bound_file(&office, *id).unwrap().unwrap();
    let whole = |id: &CaseId| bound(id).leaves().all(|leaf| leaf.what != BoundWhat::Missing);
    let library = site.library();
    let full = *library.iter().find(|id| whole(id)).expect("a formal file");
    let thin = site.files_a_plan_only(&office, full);
    let cookie = site.cookie(site.login("jz_agri")).await;

    let page = site.get(&cookie, &format!("/cases/{full}?tab=papers")).await;
    let html = String::from_utf8(page.bytes).unwrap();
    assert!(html.contains(&format!("/cases/{full}/bound.pdf?copy=6")), "{html}");

    let got = site.get(&cookie, &format!("/cases/{full}/bound.pdf")).await;
    if let Some(pages) = pages(pdf(&got)) {
        let all = pages.len();
        assert!(
            pages[0].contains("产业帮扶项目正式申报文件") && pages[0].contains("一式六份"),
            "{}",
            pages[0]
        );
        let contents = pages[1].as_str();
        for part in ["产业帮扶项目申报表", "附件1实施方案", "附件7专家论证评审意见", "盖章页", "随册材料2"]
        {
            let at = pages.iter().skip(2).position(|page| page.contains(part)).unwrap() + 3;
            let number =
                contents.split(part).nth(1).unwrap().trim_start_matches(|c: char| !c.is_ascii_digit());
            assert!(part == "随册材料2" || number.starts_with(&at.to_string()), "{part}: {contents}");
        }
        let seal = pages.iter().position(|page| page.contains("盖章处")).unwrap();
        assert!(
            seal > pages.iter().rposition(|page| page.contains("附件7")).unwrap(),
            "what is bound comes first"
        );
        assert!(pages[seal].contains(&bound(&full).applicant), "{}", pages[seal]);
        assert!(pages[all - 1].ends_with(&format!("第{all}页共{all}页")), "{}", pages[all - 1]);
    }
    let second = site.get(&cookie, &format!("/cases/{full}/bound.pdf?copy=2")).await;
    if let Some(pages) = pages(pdf(&second)) {
        assert!(pages[0].contains("一式六份，第2份"), "{}", pages[0]);
    }
    for copy in ["0", "7", "x"] {
        let got = site.get(&cookie, &format!("/cases/{full}/bound.pdf?copy={copy}")).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{copy}");
    }

    let lacking = site.get(&cookie, &format!("/cases/{thin}/bound.pdf")).await;
    if let Some(pages) = pages(pdf(&lacking)) {
        assert!(pages[1].contains("附件2项目及投资情况一览表（缺）"), "{}", pages[1]);
        assert!(pages.iter().any(|page| page.contains("附件2") && page.contains("本件没有报送")));
        let apart = pages.iter().find(|page| page.contains("没有装入本册")).unwrap();
        for said in ["方案.docx”没有装入本册：DOCX格式", "坏.pdf”没有装入本册：文件已损坏"]
        {
            assert!(apart.contains(said), "{apart}");
        }
    }

    let form = site.get(&cookie, &format!("/cases/{full}/form.pdf")).await;
    if let Some(pages) = pages(pdf(&form)) {
        assert!(pages[0].contains("产业帮扶项目申报表") && pages[0].contains("项目年度"), "{}", pages[0]);
    }

    // A village that has nothing to do with the case does not get it either; nobody gets it without signing in.
    let other = site.login("jz_village");
    assert!(app.bound_file(&site.told.viewer(other), full).is_err());
    let other = site.cookie(other).await;
    for path in ["bound.pdf", "form.pdf"] {
        let address = format!("/cases/{full}/{path}");
        assert_eq!(site.get(&other, &address).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(site.get("", &address).await.status, StatusCode::SEE_OTHER, "{path}");
    }
    assert_eq!(site.get(&cookie, "/cases/99999/bound.pdf").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_book_of_a_project_is_printed_before_it_is_filed_and_says_the_same_afterwards() {
    let site = Site::of("hunan");
    let (app, unit) = (&site.told.app, site.told.viewer("village-ping"));
    let mine = app.reads.cases(&CaseFilter::within(Scope::Own(unit.org), 500)).unwrap().rows;
    let like = mine.iter().find(|row| row.procedure == "flow" && row.title == "坪上村黄金茶基地").unwrap();
    let form = app.case_page(&unit, like.case).unwrap().case.declared[0].form.clone();
    let cookie = site.cookie("village-ping").await;

    // A book with something still empty says so on its cover.
    let key = app.begin_draft(&unit, "flow", None, "book").unwrap();
    let address = format!("/drafts/{key}/bound.pdf");
    let got = site.get(&cookie, &address).await;
    if let Some(pages) = pages(pdf(&got)) {
        assert!(pages[0].contains("项目实施书") && pages[0].contains("没有填完"), "{}", pages[0]);
        assert!(pages[1].contains("附件1受益农户名单（缺）"), "{}", pages[1]);
    }
    let mut draft = app.filing_draft(&unit, &key).unwrap();
    draft.data = form.clone();
    app.save_draft(&unit, &draft).unwrap();
    let page = String::from_utf8(site.get(&cookie, &format!("/drafts/{key}")).await.bytes).unwrap();
    assert!(page.contains(&address) && !page.contains("封面会注明"), "{page}");
    let got = site.get(&cookie, &address).await;
    if let Some(pages) = pages(pdf(&got)) {
        let cover = &pages[0];
        for said in ["坪上村黄金茶基地", "矮寨镇坪上村村民委员会", "年度：2018年", "一式三份"]
        {
            assert!(cover.contains(said), "{said}: {cover}");
        }
        assert!(!cover.contains("没有填完") && !cover.contains("编号"), "{cover}");
        for part in [
            "建设任务和数量",
            "资金预算",
            "绩效目标",
            "进度安排",
            "组织实施和责任人",
            "建成以后的管护",
            "盖章页",
        ] {
            assert!(pages[1].contains(part), "{part}: {}", pages[1]);
        }
        assert!(pages.iter().any(|page| page.contains("茶苗和有机肥") && page.contains("自筹和配套投入")));
        assert!(pages.last().unwrap().contains("盖章处"));
    }

    let got = site.get(&cookie, &address.replace("bound", "form")).await;
    if let Some(pages) = pages(pdf(&got)) {
        assert!(
            pages[0].contains("扶贫资金项目申报表") && pages[0].contains("坪上村黄金茶基地"),
            "{}",
            pages[0]
        );
        assert!(!pages[0].contains("没有填完"), "{}", pages[0]);
    }

    // Filed, it holds the same, under its number.
    let printed = |file: Option<BoundFile>| match file.unwrap().holds.remove(0).what {
        BoundWhat::Form(form) => form.parts,
        other => panic!("{other:?}"),
    };
    let before = printed(app.bound_draft(&unit, &key).unwrap());
    let paper = |id: &str| {
        let bytes = b"%PDF-1.4 sealed";
        let hash = PaperHash(*HashKind::Sm3.plain(bytes).as_bytes());
        app.house.put_paper(&hash, bytes).unwrap();
        let (name, media) = (format!("{id}.pdf"), "application/pdf".to_owned());
        Paper { paper: id.into(), name, hash, size: 15, media }
    };
    let command = Command::Declare {
        case: None,
        pack: unit.pack.id.clone(),
        procedure: "flow".into(),
        step: None,
        parent: None,
        form,
        papers: ["project_book", "declaration_form", "household_list"].map(paper).to_vec(),
    };
    let answer = app.submit(AppRequest { who: unit.who(), key: String::new(), command }).unwrap();
    let case = CaseId(answer.id.unwrap());
    assert_eq!(printed(app.bound_file(&unit, case).unwrap()), before);
    let got = site.get(&cookie, &format!("/cases/{case}/bound.pdf")).await;
    if let Some(pages) = pages(pdf(&got)) {
        assert!(pages[0].contains("编号：湘申-"), "{}", pages[0]);
    }

    // It is nobody else's; a draft of a procedure without a bound file has none.
    for other in ["village-yun", "office"] {
        let other = site.cookie(other).await;
        assert_eq!(site.get(&other, &address).await.status, StatusCode::NOT_FOUND);
    }
    let entry = app.begin_draft(&unit, "library", None, "entry").unwrap();
    assert_eq!(app.bound_draft(&unit, &entry).unwrap(), None);
    let got = site.get(&cookie, &format!("/drafts/{entry}/bound.pdf")).await;
    assert_eq!(got.status, StatusCode::NOT_FOUND);
}

/// Every file of an archive.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = Unpacker::open(Cursor::new(bytes)).unwrap();
    let paths = archive.paths().to_vec();
    let one = |path: String| {
        let mut content = Vec::new();
        archive.read(&path, u64::MAX, &mut |piece| content.extend_from_slice(piece)).unwrap();
        (path, content)
    };
    paths.into_iter().map(one).collect()
}

fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut packer = Packer::new(&mut bytes, kernel::Date::constant(2019, 10, 21));
    for (path, content) in files {
        packer.put(path, content).unwrap();
    }
    packer.finish().unwrap();
    bytes
}

fn checked(bytes: Vec<u8>) -> Checked {
    check(&mut Unzipped::open(Cursor::new(bytes)).unwrap())
}

/// The same files with one of them changed.
fn with(files: &[(String, Vec<u8>)], path: &str, change: impl Fn(&mut Vec<u8>)) -> Checked {
    let mut files = files.to_vec();
    change(&mut files.iter_mut().find(|(of, _)| of == path).unwrap().1);
    checked(packed(&files))
}

/// The manifest made anew, so that only what it cannot hide is found.
fn covered(files: &mut [(String, Vec<u8>)]) {
    let sm3 = |bytes: &[u8]| HashKind::Sm3.plain(bytes).to_string();
    let at = |files: &[(String, Vec<u8>)], path: &str| files.iter().position(|(of, _)| of == path).unwrap();
    let mut manifest: Manifest = serde_json::from_slice(&files[at(files, MANIFEST)].1).unwrap();
    for file in &mut manifest.files {
        let content = &files[at(files, &file.path)].1;
        (file.size, file.sm3) = (content.len() as u64, sm3(content));
    }
    let bytes = serde_json::to_vec_pretty(&manifest).unwrap();
    let digest = at(files, MANIFEST_SM3);
    files[digest].1 = format!("{}  {MANIFEST}\n", sm3(&bytes)).into_bytes();
    let place = at(files, MANIFEST);
    files[place].1 = bytes;
}

/// What the command says of a file.
fn command(path: &str) -> (Exit, String) {
    #[derive(Parser)]
    struct Line {
        #[command(subcommand)]
        command: text::Command,
    }
    let line = Line::try_parse_from(["qingqu", "archive", "check", path, "--lang", "en"]).unwrap();
    let (mut out, mut talk) = (Vec::new(), Vec::new());
    let mut streams =
        Streams { input: &mut std::io::empty(), out: &mut out, talk: &mut talk, watched: false, width: 100 };
    let exit = line.command.run(&mut streams);
    (exit, String::from_utf8([out, talk].concat()).unwrap())
}

#[tokio::test]
async fn the_archive_holds_each_notice_as_the_public_read_it() {
    let site = Site::of("hunan");
    let app = &site.told.app;
    let audit = site.told.viewer(site.login("hn_audit"));
    let notices = |id: &CaseId| app.library_page(&audit, *id).unwrap().notices;
    let id =
        site.library().into_iter().find(|id| !notices(id).is_empty()).expect("a project that was noticed");
    let cookie = site.cookie(site.login("hn_audit")).await;
    let got = site.get(&cookie, &format!("/library/{id}/archive.zip")).await;
    let files = unpacked(&got.bytes);
    for posted in notices(&id) {
        let path = format!("公示/{}.pdf", posted.number);
        let (_, pdf) = files.iter().find(|(of, _)| *of == path).unwrap_or_else(|| panic!("{path}"));
        let notice = app.notice(posted.about, Some(&posted.number)).unwrap().unwrap();
        let Some(pages) = pages(pdf) else { return };
        for (_, cell) in &notice.fields {
            let said: String = cell.text.zh.split_whitespace().collect();
            assert!(pages.concat().contains(&said), "{said}: {pages:?}");
        }
    }
    assert_eq!(checked(got.bytes).differences, []);
}

#[tokio::test]
async fn the_archive_of_a_project_is_checked_alone_and_every_flipped_byte_is_found() {
    let site = Site::of("jizhou");
    let app = &site.told.app;
    let office = site.told.viewer(site.login("jz_agri"));
    let paid = |id: &CaseId| {
        let project = app.library_page(&office, *id).unwrap().money.project;
        project.is_some_and(|project| !project.spent.is_zero())
    };
    let id = site.library().into_iter().find(paid).expect("a project that was paid");
    let cookie = site.cookie(site.login("jz_agri")).await;
    let page = site.get(&cookie, &format!("/library/{id}")).await;
    assert!(String::from_utf8(page.bytes).unwrap().contains(&format!("/library/{id}/archive.zip")));

    let got = site.get(&cookie, &format!("/library/{id}/archive.zip")).await;
    assert_eq!(got.status, StatusCode::OK);
    assert_eq!(got.headers[header::CONTENT_TYPE], "application/zip");
    let files = unpacked(&got.bytes);
    let content = |path: &str| &files.iter().find(|(of, _)| of == path).unwrap().1;
    let manifest: Manifest = serde_json::from_slice(content(MANIFEST)).unwrap();
    assert!(manifest.absent.is_empty() && manifest.left_out == 0, "{manifest:?}");
    for kind in ["case:", "project:", "claim:"] {
        assert!(manifest.streams.keys().any(|stream| stream.starts_with(kind)), "{kind} {manifest:?}");
    }
    assert!(files.iter().any(|(path, _)| path.starts_with("附件/") && path.ends_with("实施方案.pdf")));
    assert!(files.iter().any(|(path, _)| path.starts_with("附件/") && path.contains("报账")));
    let readme = String::from_utf8(content(README).clone()).unwrap();
    assert!(readme.contains("qingqu archive check") && readme.contains("怎样核验"), "{readme}");
    if let Some(pages) = pages(content("项目全过程.pdf")) {
        let all = pages.concat();
        for part in ["二、办理过程", "三、各版表格", "资金往来", "责任链", "第1版", "第2版", "批复文号"]
        {
            assert!(all.contains(part), "{part}");
        }
        let hands = app.library_page(&office, id).unwrap().hands;
        assert!(hands.iter().all(|hand| all.contains(&hand.person)), "persons by name");
    }
    // Nothing that identifies an account or a person lies open.
    let text = String::from_utf8(content(ACTS).clone()).unwrap();
    let accounts: Vec<&str> = text.split(r#""account":""#).skip(1).collect();
    assert!(!accounts.is_empty() && accounts.iter().all(|rest| rest.starts_with("sealed:")));

    let sound = checked(got.bytes.clone());
    assert_eq!(sound.differences, [], "{sound:?}");
    assert_eq!(sound.files, files.len() - 2);
    assert_eq!(sound.acts, text.lines().count());
    let head = sound.head.unwrap();
    assert_eq!((head.head.size, head.head.root), app.reads.head().unwrap());

    // A byte of each file: the file is named.
    for (path, bytes) in &files {
        for at in [0, bytes.len() / 2, bytes.len() - 1] {
            let found = with(&files, path, |bytes| bytes[at] ^= 1).differences;
            let named = |place: &str| {
                place.split(':').next() == Some(path) || (path == MANIFEST && place == MANIFEST_SM3)
            };
            assert!(found.iter().any(|one| named(&one.place)), "{path} at {at}: {found:?}");
        }
    }
    // Even with a manifest that covers it, an act, a proof, the head and an attachment give themselves away.
    for (path, place) in [(ACTS, ACTS), (PROOFS, PROOFS), (HEAD, PROOFS)] {
        let mut forged = files.clone();
        let bytes = &mut forged.iter_mut().find(|(of, _)| of == path).unwrap().1;
        let flipped = match path {
            HEAD => String::from_utf8(bytes.clone()).unwrap().replacen(
                &format!("\n{}\n", head.head.size),
                &format!("\n{}\n", head.head.size * 2),
                1,
            ),
            ACTS => text.replacen(r#""book":"jizhou""#, r#""book":"jizhop""#, 1),
            _ => {
                let proofs = String::from_utf8(bytes.clone()).unwrap();
                let (start, end) = proofs.split_at(proofs.find(r#""path":[""#).unwrap() + 9);
                let digit = if end.starts_with('0') { '1' } else { '0' };
                format!("{start}{digit}{}", &end[1..])
            }
        };
        assert_ne!(flipped.as_bytes(), bytes.as_slice(), "{path} was changed");
        *bytes = flipped.into_bytes();
        covered(&mut forged);
        let found = checked(packed(&forged)).differences;
        assert!(found.iter().any(|one| one.place.starts_with(place)), "{path}: {found:?}");
    }
    let mut forged = files.clone();
    let (attached, bytes) = forged.iter_mut().find(|(of, _)| of.starts_with("附件/")).unwrap();
    let attached = attached.clone();
    bytes.push(b'\n');
    covered(&mut forged);
    let found = checked(packed(&forged)).differences;
    assert!(
        found.iter().any(|one| one.place == attached && one.what.en.contains("does not name")),
        "{found:?}"
    );
    // An act left out, a file left out, a file too many.
    let mut forged = files.clone();
    for path in [ACTS, PROOFS] {
        let bytes = &mut forged.iter_mut().find(|(of, _)| of == path).unwrap().1;
        let end = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        bytes.drain(..end);
    }
    covered(&mut forged);
    let found = checked(packed(&forged)).differences;
    assert!(found.iter().any(|one| one.place == ACTS), "{found:?}");
    let without: Vec<_> = files.iter().filter(|(path, _)| *path != attached).cloned().collect();
    assert!(checked(packed(&without)).differences.iter().any(|one| one.place == attached));
    let mut more = files.clone();
    more.push(("附件/别的.txt".to_owned(), b"x".to_vec()));
    assert!(checked(packed(&more)).differences.iter().any(|one| one.place == "附件/别的.txt"));

    // The command says the same, with its exit codes.
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (exit, said) = command(&file("sound.zip", &got.bytes));
    assert_eq!(exit, Exit::Done, "{said}");
    assert!(said.contains("0 differences") && said.contains(&head.head.root.to_string()), "{said}");
    let (exit, said) = command(&file("without.zip", &packed(&without)));
    assert_eq!(exit, Exit::No, "{said}");
    assert!(said.contains(&attached), "{said}");
    let mut torn = got.bytes.clone();
    let middle = torn.len() / 2;
    torn[middle] ^= 1;
    assert_eq!(command(&file("torn.zip", &torn)).0, Exit::No);
    assert_eq!(command(&file("cut.zip", &got.bytes[..got.bytes.len() / 2])).0, Exit::No);
    assert_eq!(command(folder.path().join("absent.zip").to_str().unwrap()).0, Exit::Usage);
}

#[tokio::test]
async fn the_forms_of_the_annexes_are_printed_whole() {
    let site = Site::of("tianjin");
    let office = site.told.viewer(site.login("ndrc"));
    let cookie = site.cookie(site.login("ndrc")).await;
    let rows = site.told.app.reads.cases(&CaseFilter::within(Scope::All, 500)).unwrap().rows;
    for (procedure, annex) in [("predeclaration", "附件2"), ("application", "附件3")] {
        let id = rows.iter().find(|row| row.procedure == procedure).expect("a case").case;
        let case = site.told.app.case_page(&office, id).unwrap().case;
        let got = site.get(&cookie, &format!("/cases/{id}/form.pdf")).await;
        let Some(pages) = pages(pdf(&got)) else { return };
        let text = pages.concat();
        let close = |text: &str| text.split_whitespace().collect::<String>();
        let form = office.pack.procedures.get(procedure).unwrap().form.as_deref().unwrap();
        let form = office.pack.forms.get(form).unwrap();
        assert!(text.contains(annex) && text.contains(&close(&form.name.zh)), "{text}");
        // Every part of the annex stands there with its labels, and what was filed beside them.
        for part in form.parts.iter().filter(|part| part.when.is_none()) {
            assert!(text.contains(&close(&part.name.zh)), "{}: {text}", part.name.zh);
        }
        for field in ["project_name", "company_name"] {
            assert!(text.contains(&close(&case.current().unwrap().form.fields[field])), "{field}: {text}");
        }
    }
}
