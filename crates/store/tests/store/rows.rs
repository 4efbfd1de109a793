//! Read models: rows read back as they were written, lists obey scope, order and pages, and a rebuild gives the same digests.

use app::ports::{Book, Reads};
use app::rows::{
    AwardKey, AwardRow, CaseFilter, CaseRow, NoticeFilter, ObjectionRow, OrgFilter, OrgRow, PersonRow,
    PlanRow, Scope, TaskRow, TaskScope, YearRow,
};
use kernel::Date;
use kernel::id::{CaseId, OrgId, PersonId, PlanId};
use kernel::money::Money;

use crate::samples::*;
use crate::support::{Place, deed};

conformance! {
    rows_read_back_and_are_replaced,
    a_rebuild_gives_the_same_digests,
    lists_of_cases_obey_scope,
    lists_of_cases_filter_and_continue,
    tasks_are_those_of_a_role_in_its_scope_with_the_most_urgent_first,
    organisations_are_found_by_kind_and_words_and_in_pages,
    people_are_found_with_their_roles,
    grants_are_counted_by_all_given_keys,
    cases_of_a_parent_and_of_a_procedure_are_found_while_deciding,
    a_month_is_counted_by_its_days_within_a_scope,
    notices_plans_years_and_reports_come_newest_first,
}

fn rows_read_back_and_are_replaced(place: &Place) {
    let reads = written(place, all_rows);
    assert_eq!(reads.case(CaseId(1)).unwrap(), Some(case(1, "120101")));
    assert_eq!(reads.case(CaseId(2)).unwrap(), None);
    assert_eq!(reads.org(OrgId(1)).unwrap(), Some(org(1, "甲")));
    assert_eq!(reads.plan(PlanId(3)).unwrap(), Some(plan(3)));
    assert_eq!(reads.objections(app::rows::NoticeOf::Plan(PlanId(3))).unwrap(), [objection(1)]);
    assert_eq!(reads.duties(&Scope::All, 9).unwrap(), [duty("evaluate", day(12, 1))]);
    assert_eq!(reads.deeds(PersonId(3), 9).unwrap(), [deed(0)]);
    assert_eq!(reads.reports(None, None).unwrap(), [report("2019-10")]);

    let changed =
        CaseRow { standing: "granted".into(), due: None, plan: Some(PlanId(3)), ..case(1, "120101") };
    let answered = ObjectionRow {
        answered: Some(day(11, 6)),
        upheld: Some(false),
        answer: "已核".into(),
        ..objection(1)
    };
    let reads = written(place, |book| {
        book.put_case(&changed).unwrap();
        book.put_objection(&answered).unwrap();
        book.put_duties(CaseId(1), &[duty("b", day(12, 2)), duty("a", day(12, 1))]).unwrap();
    });
    assert_eq!(reads.case(CaseId(1)).unwrap(), Some(changed));
    assert_eq!(reads.objection_by_receipt("R1").unwrap(), Some(answered));
    let order: Vec<String> = reads.duties(&Scope::All, 9).unwrap().into_iter().map(|row| row.duty).collect();
    assert_eq!(order, ["a", "b"], "the nearest first");
}

fn a_rebuild_gives_the_same_digests(place: &Place) {
    let empty = written(place, |_| ()).digests().unwrap();
    let before = written(place, all_rows).digests().unwrap();
    for ((table, was), (_, is)) in empty.iter().zip(&before) {
        assert_eq!(was == is, table == "ledger", "{table}");
    }
    let rebuilt = written(place, |book| {
        book.clear_rows().unwrap();
        all_rows(book);
    });
    assert_eq!(rebuilt.digests().unwrap(), before);
    let cleared = written(place, |book| book.clear_rows().unwrap());
    assert_eq!(cleared.digests().unwrap(), empty);
    let other = written(place, |book| {
        all_rows(book);
        book.put_org(&org(1, "乙")).unwrap();
    });
    let differ: Vec<String> = other
        .digests()
        .unwrap()
        .into_iter()
        .zip(before)
        .filter_map(|(is, was)| (is != was).then_some(is.0))
        .collect();
    assert_eq!(differ, ["org"], "the table that differs is named");
}

fn lists_of_cases_obey_scope(place: &Place) {
    let reads = written(place, |book| {
        for (id, desk) in [(1, "120101"), (2, "120102"), (3, "310101")] {
            book.put_case(&case(id, desk)).unwrap();
        }
        book.put_case(&CaseRow { firm: None, ..case(4, "120101") }).unwrap();
    });
    let seen = |scope| {
        let page = reads.cases(&filter(scope)).unwrap();
        assert_eq!(page.total, page.rows.len() as i64);
        page.rows.iter().map(|row| row.case.get()).collect::<Vec<_>>()
    };
    assert_eq!(seen(Scope::All), [4, 3, 2, 1], "the newest first");
    assert_eq!(seen(Scope::Region(region("120101"))), [4, 1]);
    assert_eq!(seen(Scope::Region(region("120000"))), [4, 2, 1]);
    assert_eq!(seen(Scope::Region(region("310000"))), [3]);
    assert_eq!(seen(Scope::Own(OrgId(12))), [2]);
    assert_eq!(seen(Scope::Assigned(OrgId(5))), [3, 2, 1]);
    assert_eq!(seen(Scope::None), [0_i64; 0]);
}

fn lists_of_cases_filter_and_continue(place: &Place) {
    let reads = written(place, |book| {
        for id in 1..=5 {
            book.put_case(&case(id, "120101")).unwrap();
        }
        let odd = CaseRow {
            year: 2020,
            procedure: "predeclaration".into(),
            standing: "returned".into(),
            county: Some(region("540321")),
            plan: Some(PlanId(9)),
            title: "100%_Barley mill".into(),
            ..case(6, "120102")
        };
        book.put_case(&odd).unwrap();
    });
    let all = filter(Scope::All);
    let only_six = [
        CaseFilter { year: Some(2020), ..all.clone() },
        CaseFilter { procedure: Some("predeclaration".into()), ..all.clone() },
        CaseFilter { standing: Some("returned".into()), ..all.clone() },
        CaseFilter { county: Some(region("540321")), ..all.clone() },
        CaseFilter { desk: Some(region("120102")), ..all.clone() },
        CaseFilter { plan: Some(PlanId(9)), ..all.clone() },
        CaseFilter { text: Some("0%_b MILL".into()), ..all.clone() },
    ];
    for filter in only_six {
        let page = reads.cases(&filter).unwrap();
        assert_eq!((page.rows.len(), page.total, page.rows[0].case), (1, 1, CaseId(6)), "{filter:?}");
    }
    let nothing = CaseFilter { text: Some("1%0".into()), ..all.clone() };
    assert_eq!(reads.cases(&nothing).unwrap().total, 0, "a wildcard is a letter like others");

    let mut filter = CaseFilter { limit: 4, ..all };
    let first = reads.cases(&filter).unwrap();
    assert_eq!((first.rows.len(), first.total), (4, 6));
    filter.after = first.next;
    let second = reads.cases(&filter).unwrap();
    let seen: Vec<i64> = first.rows.iter().chain(&second.rows).map(|row| row.case.get()).collect();
    assert_eq!((seen, second.next, second.total), (vec![6, 5, 4, 3, 2, 1], None, 6));
}

fn tasks_are_those_of_a_role_in_its_scope_with_the_most_urgent_first(place: &Place) {
    let reads = written(place, |book| {
        let here = [
            task("later", Some("120101"), Some(day(11, 2))),
            task("open", Some("120101"), None),
            task("first", Some("120101"), Some(day(11, 1))),
            TaskRow { role: "commission".into(), ..task("other role", Some("120101"), None) },
        ];
        book.put_tasks("case:1", &here).unwrap();
        book.put_tasks("plan:1", &[TaskRow { subject: "plan:1".into(), ..task("nowhere", None, None) }])
            .unwrap();
        book.put_tasks(
            "case:2",
            &[TaskRow { subject: "case:2".into(), ..task("gone", Some("120101"), None) }],
        )
        .unwrap();
        book.put_tasks("case:2", &[]).unwrap();
        let who = TaskScope { role: "district".into(), org: OrgId(1), scope: Scope::All };
        assert_eq!(book.tasks(&who, 9).unwrap().len(), 4, "while deciding too");
    });
    let seen = |scope| {
        let who = TaskScope { role: "district".into(), org: OrgId(1), scope };
        reads.tasks(&who, 9).unwrap().into_iter().map(|row| row.step).collect::<Vec<_>>()
    };
    assert_eq!(seen(Scope::Region(region("120101"))), ["first", "later", "open"]);
    assert_eq!(seen(Scope::All), ["first", "later", "open", "nowhere"]);
    assert_eq!(seen(Scope::Own(OrgId(12))), [""; 0]);
    let who = TaskScope { role: "district".into(), org: OrgId(1), scope: Scope::All };
    assert_eq!(reads.tasks(&who, 1).unwrap(), [task("first", Some("120101"), Some(day(11, 1)))]);
    let heaps: Vec<_> = reads.task_heaps().unwrap();
    let heaps: Vec<_> = heaps.iter().map(|heap| (heap.role.as_str(), heap.count, heap.due)).collect();
    let expected = [("commission", 1, None), ("district", 1, None), ("district", 3, Some(day(11, 1)))];
    assert_eq!(heaps, expected, "one for each role and desk, those of no desk first");
}

fn organisations_are_found_by_kind_and_words_and_in_pages(place: &Place) {
    let reads = written(place, |book| {
        for (id, name) in [(1, "乙"), (2, "甲"), (3, "甲"), (4, "Alpha")] {
            book.put_org(&org(id, name)).unwrap();
        }
        let firm = OrgRow { kind: "firm".into(), credit_code: None, region: None, ..org(5, "丙") };
        book.put_org(&firm).unwrap();
        assert_eq!(book.org_by_code("code3").unwrap(), Some(OrgId(3)));
        assert_eq!(book.org_by_code("code9").unwrap(), None);
    });
    let seen = |filter: &OrgFilter| {
        let page = reads.orgs(filter).unwrap();
        (page.rows.iter().map(|row| row.org.get()).collect::<Vec<_>>(), page.next, page.total)
    };
    let all = OrgFilter { limit: 9, ..OrgFilter::default() };
    assert_eq!(seen(&OrgFilter { kind: Some("firm".into()), ..all.clone() }), (vec![5], None, 1));
    assert_eq!(seen(&OrgFilter { text: Some("alPHA".into()), ..all.clone() }), (vec![4], None, 1));
    assert_eq!(seen(&OrgFilter { text: Some("code2".into()), ..all.clone() }), (vec![2], None, 1));
    let (whole, _, _) = seen(&all);
    let mut filter = OrgFilter { limit: 2, ..OrgFilter::default() };
    let mut paged = Vec::new();
    loop {
        let (rows, next, total) = seen(&filter);
        assert_eq!(total, 5);
        paged.extend(rows);
        filter.after = next;
        if filter.after.is_none() {
            break;
        }
    }
    assert_eq!(paged, whole, "two of one name are not lost between pages");
    assert_eq!(reads.org_by_code("code1").unwrap(), Some(org(1, "乙")));
}

fn people_are_found_with_their_roles(place: &Place) {
    let standing_in = PersonRow { borrowed: vec![borrowed(1, 8)], ..person(4, &[(5, "chief")]) };
    let reads = written(place, |book| {
        book.put_person(&person(1, &[(1, "clerk"), (2, "chief")])).unwrap();
        book.put_person(&person(2, &[(2, "clerk")])).unwrap();
        book.put_person(&PersonRow { enabled: false, ..person(3, &[(3, "clerk")]) }).unwrap();
        book.put_org(&OrgRow { kind: "clerk".into(), ..org(9, "以角色登记") }).unwrap();
        assert_eq!(book.count_role("clerk").unwrap(), 2);
        assert_eq!(book.orgs_of_role("clerk").unwrap(), [OrgId(1), OrgId(2), OrgId(9)]);
        assert_eq!(book.person_by_login("login2").unwrap(), Some(PersonId(2)));
        book.put_person(&person(1, &[(2, "chief")])).unwrap();
        assert_eq!(book.count_role("clerk").unwrap(), 1, "roles are replaced");
        book.put_person(&PersonRow {
            borrowed: vec![borrowed(1, 4), borrowed(2, 9)],
            ..person(4, &[(5, "chief")])
        })
        .unwrap();
        book.put_person(&standing_in).unwrap();
    });
    assert_eq!(reads.person(PersonId(2)).unwrap(), Some(person(2, &[(2, "clerk")])));
    assert_eq!(reads.person_by_login("login1").unwrap(), Some(person(1, &[(2, "chief")])));
    assert_eq!(reads.person_by_login("nobody").unwrap(), None);
    assert_eq!(reads.person(PersonId(4)).unwrap(), Some(standing_in), "what was borrowed is replaced too");
    assert_eq!(reads.persons(None).unwrap().len(), 4);
    let of_two: Vec<PersonRow> = reads.persons(Some(OrgId(2))).unwrap();
    assert_eq!(of_two, [person(1, &[(2, "chief")]), person(2, &[(2, "clerk")])]);
}

fn grants_are_counted_by_all_given_keys(place: &Place) {
    written(place, |book| {
        for (case, company, investor) in [(1, "甲", "丙"), (2, "甲", "丁"), (3, "乙", "丙")] {
            book.put_award(&award(case, company, investor)).unwrap();
        }
        book.put_award(&AwardRow { stands: false, ..award(4, "甲", "丙") }).unwrap();
        book.put_award(&AwardRow { county: "540321".into(), ..award(5, "甲", "丙") }).unwrap();
        let key = |company: Option<&str>, investor: Option<&str>, county: Option<&str>| AwardKey {
            pack: "tianjin".into(),
            company: company.map(Into::into),
            investor: investor.map(Into::into),
            county: county.map(Into::into),
        };
        let count = |book: &mut dyn Book, key: AwardKey| book.count_awards(&key).unwrap();
        assert_eq!(count(book, key(None, None, None)), 4);
        assert_eq!(count(book, key(Some("甲"), None, None)), 3);
        assert_eq!(count(book, key(None, Some("丙"), Some("620123"))), 2);
        assert_eq!(count(book, key(Some("甲"), Some("丙"), Some("620123"))), 1);
        assert_eq!(count(book, AwardKey { pack: "hunan".into(), ..AwardKey::default() }), 0);
    });
}

fn cases_of_a_parent_and_of_a_procedure_are_found_while_deciding(place: &Place) {
    written(place, |book| {
        let child = |id, standing: &str| CaseRow {
            parent: Some(CaseId(1)),
            standing: standing.into(),
            ..case(id, "120101")
        };
        book.put_case(&child(2, "refused")).unwrap();
        book.put_case(&child(3, "withdrawn")).unwrap();
        assert_eq!(book.live_child(CaseId(1)).unwrap(), None);
        book.put_case(&child(4, "granted")).unwrap();
        assert_eq!(book.live_child(CaseId(1)).unwrap(), Some(CaseId(4)));
        book.put_case(&CaseRow { applicant: OrgId(12), ..case(5, "120101") }).unwrap();
        let applicants = book.applicants("application", 2019).unwrap();
        assert_eq!(applicants, [OrgId(12), OrgId(13), OrgId(14)]);
        assert_eq!(book.applicants("application", 2020).unwrap(), []);
    });
}

fn a_month_is_counted_by_its_days_within_a_scope(place: &Place) {
    written(place, |book| {
        let on = |id, desk, filed: Date, changed: Date, standing: &str| CaseRow {
            filed_on: filed,
            changed_on: changed,
            standing: standing.into(),
            ..case(id, desk)
        };
        let rows = [
            on(1, "120101", day(9, 30), day(10, 1), "accepted"),
            on(2, "120101", day(10, 1), day(10, 31), "returned"),
            on(3, "120101", day(10, 31), day(11, 1), "refused"),
            on(4, "120101", day(10, 5), day(10, 5), "open"),
            on(5, "120102", day(10, 5), day(10, 6), "refused"),
        ];
        for row in &rows {
            book.put_case(row).unwrap();
        }
        let month = |book: &mut dyn Book, scope| {
            let counts = book.count_month(&scope, "tianjin", day(10, 1), day(10, 31)).unwrap();
            counts.into_iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>()
        };
        assert_eq!(
            month(book, Scope::Region(region("120101"))),
            ["application.accepted 1", "application.filed 3", "application.returned 1"]
        );
        assert_eq!(
            month(book, Scope::Region(region("120102"))),
            ["application.filed 1", "application.refused 1"]
        );
        assert_eq!(month(book, Scope::None), [""; 0]);
    });
}

fn notices_plans_years_and_reports_come_newest_first(place: &Place) {
    let reads = written(place, |book| {
        for (plan, posted) in [(1, day(11, 1)), (2, day(10, 1)), (3, day(11, 1))] {
            book.put_notice(&notice(plan, posted)).unwrap();
        }
        for id in [1, 2] {
            book.put_plan(&plan(id)).unwrap();
        }
        book.put_plan(&PlanRow { year: 2020, ..plan(3) }).unwrap();
        for year in [2019, 2020] {
            let (opens, closes) = (day(3, 1), day(3, 31));
            book.put_year(&YearRow { pack: "tianjin".into(), year, budget: Money::ZERO, opens, closes })
                .unwrap();
        }
        for period in ["2019-10", "2019-11"] {
            book.put_report(&report(period)).unwrap();
        }
    });
    let mut filter = NoticeFilter { limit: 2, ..NoticeFilter::default() };
    let first = reads.notices(&filter).unwrap();
    filter.after = first.next;
    let second = reads.notices(&filter).unwrap();
    let seen: Vec<i64> =
        first.rows.iter().chain(&second.rows).map(|row| row.about.plan().unwrap().get()).collect();
    assert_eq!((seen, second.next, second.total), (vec![3, 1, 2], None, 3));
    let other = NoticeFilter { pack: Some("hunan".into()), limit: 2, ..NoticeFilter::default() };
    assert_eq!(reads.notices(&other).unwrap().total, 0);
    let last = notice(1, day(11, 1)).last;
    let count = |running, ended| {
        reads.notices(&NoticeFilter { running, ended, limit: 9, ..NoticeFilter::default() }).unwrap().total
    };
    let behind = last.tomorrow().ok();
    assert_eq!((count(Some(last), None), count(behind, None)), (3, 0), "the last day still runs");
    assert_eq!((count(None, Some(last)), count(None, behind)), (0, 3));
    let of = notice(1, day(11, 1));
    assert_eq!(reads.notice_facets("tianjin").unwrap(), [(of.year, of.place)], "each pair once");
    assert_eq!(reads.notice_facets("hunan").unwrap(), []);
    let ids =
        |year| reads.plans("tianjin", year).unwrap().iter().map(|row| row.plan.get()).collect::<Vec<_>>();
    assert_eq!((ids(None), ids(Some(2019))), (vec![3, 2, 1], vec![2, 1]));
    let years: Vec<i16> = reads.years("tianjin").unwrap().iter().map(|row| row.year).collect();
    assert_eq!(years, [2020, 2019]);
    let periods: Vec<String> =
        reads.reports(None, Some(OrgId(1))).unwrap().into_iter().map(|row| row.period).collect();
    assert_eq!(periods, ["2019-11", "2019-10"]);
    assert_eq!(reads.reports(Some("2019-10"), None).unwrap(), [report("2019-10")]);
    assert_eq!(reads.reports(None, Some(OrgId(2))).unwrap(), []);
}
