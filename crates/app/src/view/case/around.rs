//! What stands around a case: the case it builds on and those that build on it, what may be begun from here, what was said
//! beside the steps, and cases that look like it.

use super::Kin;
use super::next::role_words;
use super::split::SplitShown;
use crate::command::Failure;
use crate::drafts::{builds_on, filing_step};
use crate::rows::{CaseFilter, CaseRow};
use crate::view::Viewer;
use crate::view::desk::Names;
use crate::view::filing::{cell_text, order_step};
use crate::writer::App;
use domain::case::{Case, Standing, open_steps};
use kernel::Date;
use kernel::id::CaseId;
use policy::pack::{Pack, Words};
use policy::procedure::{Act, Procedure, Subject};

/// The most cases that are shown as building on one.
const CHILDREN_MAX: usize = 200;

/// Something that may be begun from a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromHere {
    /// The procedure.
    pub procedure: String,
    /// Its name.
    pub name: Words,
    /// The clause of its first step.
    pub cite: String,
    /// It begins with a form.
    pub files: bool,
}

/// Something said beside the steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemarkShown {
    /// Who.
    pub person: String,
    /// For whom.
    pub org: String,
    /// In which role.
    pub role: Words,
    /// When.
    pub on: Date,
    /// A copy to this role.
    pub copy_to: Option<Words>,
    /// This step was urged.
    pub urges: Option<Words>,
    /// The words.
    pub text: String,
}

/// What a case and a similar one say under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlikeLine {
    /// The field.
    pub name: Words,
    /// Of this case.
    pub here: Words,
    /// Of the other.
    pub there: Words,
}

/// A case that looks like this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlikeShown {
    /// The other.
    pub other: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Whether this viewer may open it.
    pub open: bool,
    /// Main fields side by side.
    pub lines: Vec<AlikeLine>,
    /// What was decided: whether it is the same, and why.
    pub decided: Option<(bool, String)>,
}

/// What stands around a case.
#[derive(Debug, Clone, Default)]
pub struct CaseAround {
    /// Cases that build on it, as far as the viewer sees them.
    pub children: Vec<Kin>,
    /// What this role may begin from here.
    pub from_here: Vec<FromHere>,
    /// Remarks, copies and urgings, newest first.
    pub remarks: Vec<RemarkShown>,
    /// The roles that a copy may go to.
    pub roles: Vec<(String, Words)>,
    /// The steps that may be urged.
    pub open: Vec<(String, Words)>,
    /// Why the viewer stands aside, when that was declared.
    pub recused: Option<String>,
    /// Similar cases.
    pub alike: Vec<AlikeShown>,
    /// The viewer's role compares them.
    pub may_compare: bool,
    /// What may be one project split up.
    pub split: Option<SplitShown>,
    /// The viewer only reads: something of the viewer's builds on it, or the viewer audits.
    pub reads_only: bool,
}

impl App {
    /// What stands around a case.
    pub fn case_around(&self, viewer: &Viewer, id: CaseId) -> Result<CaseAround, Failure> {
        let case = self.case_read(viewer, id)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let open = open_steps(&pack, &case);
        let sees = viewer.sees(&case);
        let children = self.children(viewer, &pack, id)?;
        let lives = children.iter().any(|child| !matches!(child.standing.as_str(), "refused" | "withdrawn"));
        Ok(CaseAround {
            from_here: if sees { from_here(viewer, &pack, &case, lives) } else { Vec::new() },
            children,
            reads_only: !sees || !pack.roles.has(&viewer.role),
            split: self.split(viewer, &pack, &case)?,
            remarks: self.remarks(&pack, &case)?,
            roles: pack.roles.iter().map(|role| (role.id.clone(), role.name.clone())).collect(),
            open: open.iter().map(|open| (open.step.id.clone(), open.step.name.clone())).collect(),
            recused: viewer.hands().persons().find_map(|person| case.recused.get(&person)).cloned(),
            alike: self.alike(viewer, &pack, &case)?,
            may_compare: sees && compares(viewer, &pack, &case),
        })
    }

    fn children(&self, viewer: &Viewer, pack: &Pack, id: CaseId) -> Result<Vec<Kin>, Failure> {
        let mut filter = CaseFilter::within(viewer.scope.clone(), CHILDREN_MAX);
        filter.parent = Some(id);
        Ok(self.reads.cases(&filter)?.rows.into_iter().map(|row| kin(pack, row)).collect())
    }

    fn remarks(&self, pack: &Pack, case: &Case) -> Result<Vec<RemarkShown>, Failure> {
        let mut names = Names::of(self);
        let mut shown = Vec::new();
        for remark in case.remarks.iter().rev() {
            let role = remark.meta.role.as_deref().map(|role| role_words(pack, role));
            let step = remark.step.as_ref().map(|id| pack.steps.get(id).map(|s| s.name.clone()));
            shown.push(RemarkShown {
                person: names.hands(remark.meta.hands())?,
                org: names.org(remark.meta.org)?,
                role: role.unwrap_or_default(),
                on: remark.meta.on,
                copy_to: remark.role.as_deref().map(|role| role_words(pack, role)),
                urges: step.map(Option::unwrap_or_default),
                text: remark.text.clone(),
            });
        }
        Ok(shown)
    }

    /// Similar cases beside this one. Who compares must see what there is to compare, whoever filed it.
    fn alike(&self, viewer: &Viewer, pack: &Pack, case: &Case) -> Result<Vec<AlikeShown>, Failure> {
        let judge = compares(viewer, pack, case);
        let mut shown = Vec::new();
        for (other, decided) in &case.alike {
            let found = if judge { self.any_case(*other)? } else { self.case(viewer, *other).ok() };
            let Some(found) = found else { continue };
            let mut lines = vec![line("单位", "unit", self.org_text(case)?, self.org_text(&found)?)];
            lines.push(line("年度", "year", case.year.to_string(), found.year.to_string()));
            lines.push(AlikeLine {
                name: Words::new("状态", "standing"),
                here: standing_words(case),
                there: standing_words(&found),
            });
            lines.extend(main_fields(pack, case, &found));
            shown.push(AlikeShown {
                other: *other,
                number: found.number.clone(),
                title: found.title.clone(),
                open: viewer.sees(&found),
                lines,
                decided: decided.clone(),
            });
        }
        shown.sort_by_key(|alike| alike.decided.is_some());
        Ok(shown)
    }

    pub(in crate::view) fn any_case(&self, id: CaseId) -> Result<Option<Case>, Failure> {
        Ok(crate::history::case(&self.reads.stream(&domain::Stream::Case(id).key())?)?)
    }

    fn org_text(&self, case: &Case) -> Result<String, Failure> {
        Ok(self.reads.org(case.applicant)?.map_or_else(String::new, |org| org.name))
    }
}

/// A row as somebody related to a case.
pub(super) fn kin(pack: &Pack, row: CaseRow) -> Kin {
    let procedure = pack.procedures.get(&row.procedure).map(|p| p.name.clone());
    Kin {
        case: row.case,
        procedure: procedure.unwrap_or_else(|| Words::new(row.procedure.clone(), row.procedure)),
        number: row.number,
        title: row.title,
        standing: row.standing,
        stage: Words::new(row.stage, row.stage_en),
        filed_on: row.filed_on,
    }
}

/// What may begin from a case; where one living case is all that may build on it, nothing more when there is one.
fn from_here(viewer: &Viewer, pack: &Pack, case: &Case, lives: bool) -> Vec<FromHere> {
    let on_it = |p: &&Procedure| {
        let taken = lives && p.parent_after.is_none();
        p.subject == Subject::Case
            && p.parent.as_ref() == Some(&case.procedure)
            && builds_on(p, case, viewer)
            && !taken
    };
    let offer = |p: &Procedure| {
        let form = filing_step(pack, &p.id, None).map(|(_, step, _)| step);
        let form = form.filter(|step| step.done_by(&viewer.role));
        let step = form.or_else(|| order_step(pack, p, &viewer.role))?;
        Some(FromHere {
            procedure: p.id.clone(),
            name: p.name.clone(),
            cite: step.cite.to_string(),
            files: form.is_some(),
        })
    };
    pack.procedures.iter().filter(on_it).filter_map(offer).collect()
}

/// Whether the viewer's role judges cases like this one, of another organisation.
fn compares(viewer: &Viewer, pack: &Pack, case: &Case) -> bool {
    let judges = |act: Act| matches!(act, Act::Check | Act::Review | Act::Inspect | Act::Decide);
    let mut steps = pack.steps.iter().filter(|s| s.procedure == case.procedure && judges(s.act));
    viewer.org != case.applicant && steps.any(|s| s.done_by(&viewer.role))
}

fn line(zh: &str, en: &str, here: String, there: String) -> AlikeLine {
    AlikeLine {
        name: Words::new(zh, en),
        here: Words::new(here.clone(), here),
        there: Words::new(there.clone(), there),
    }
}

fn standing_words(case: &Case) -> Words {
    let (zh, en) = match case.standing() {
        Standing::Open => ("办理中", "open"),
        Standing::Returned => ("退回补正", "returned"),
        Standing::Accepted => ("已同意", "accepted"),
        Standing::Granted => ("已审定", "granted"),
        Standing::Paid => ("已付清", "paid"),
        Standing::Refused => ("不予通过", "refused"),
        Standing::Withdrawn => ("已撤回", "withdrawn"),
    };
    Words::new(zh, en)
}

/// The fields that lists go by, and the title, of both.
fn main_fields(pack: &Pack, here: &Case, there: &Case) -> Vec<AlikeLine> {
    let Some(procedure) = pack.procedures.get(&here.procedure) else { return Vec::new() };
    let form = procedure.form.as_deref().and_then(|id| pack.forms.get(id));
    let Some(form) = form else { return Vec::new() };
    let listed = &procedure.listed;
    let ids = [&procedure.title_field, &listed.class, &listed.place, &listed.village, &listed.amount];
    let text = |case: &Case, field: &policy::pack::Field| {
        let typed = case.current().and_then(|d| d.form.fields.get(&field.id)).map_or("", String::as_str);
        let unit = crate::view::filing::unit_of(pack, &field.ty).filter(|_| !typed.trim().is_empty());
        let shown = cell_text(pack, field, typed).text;
        match unit {
            Some(unit) => {
                Words::new(format!("{} {}", shown.zh, unit.zh), format!("{} {}", shown.en, unit.en))
            }
            None => shown,
        }
    };
    let fields = ids.into_iter().flatten().filter_map(|id| form.field(id));
    fields
        .map(|field| AlikeLine {
            name: field.name.clone(),
            here: text(here, field),
            there: text(there, field),
        })
        .collect()
}
