//! Lines of registers: whose they are, of which years, in which order; and how those of a case are replaced.

use app::ports::Reads;
use app::rows::{CaseRow, LineFilter, LineRow, Scope};
use kernel::id::{CaseId, OrgId};

use crate::samples::{case, line, region, written};
use crate::support::Place;

conformance! {
    lines_are_those_of_a_register_in_a_scope_and_years,
    the_lines_of_a_case_are_replaced,
    lines_are_found_by_what_their_cases_build_on,
    the_cases_of_a_procedure_come_by_pages,
}

fn all() -> LineFilter {
    LineFilter {
        scope: Scope::All,
        pack: "tianjin".into(),
        register: "projects".into(),
        year: None,
        until_year: None,
    }
}

fn keys(rows: Vec<LineRow>) -> Vec<(i64, i64)> {
    rows.into_iter().map(|row| (row.case.get(), row.at)).collect()
}

fn lines_are_those_of_a_register_in_a_scope_and_years(place: &Place) {
    let other = |row: LineRow| LineRow { register: "tools".into(), ..row };
    let reads = written(place, |book| {
        book.put_lines(CaseId(1), &[line(1, 0, "120101"), line(1, 1, "120101"), other(line(1, 0, "120101"))])
            .unwrap();
        book.put_lines(CaseId(2), &[LineRow { year: 2018, firm: None, ..line(2, 0, "120102") }]).unwrap();
        book.put_lines(
            CaseId(3),
            &[LineRow { year: 2020, place: None, parent: None, ..line(3, 0, "120101") }],
        )
        .unwrap();
        book.put_lines(CaseId(4), &[line(4, 0, "120101")]).unwrap();
        book.put_lines(CaseId(5), &[LineRow { pack: "hunan".into(), ..line(5, 0, "120101") }]).unwrap();
        let in_command = book.lines(&all()).unwrap();
        assert_eq!(in_command.len(), 5, "what waits is seen");
    });
    let of = |filter: LineFilter| keys(reads.lines(&filter).unwrap());
    assert_eq!(of(all()), [(3, 0), (4, 0), (1, 0), (1, 1), (2, 0)], "the newest year, then the newest case");
    assert_eq!(of(LineFilter { year: Some(2019), ..all() }), [(4, 0), (1, 0), (1, 1)]);
    assert_eq!(of(LineFilter { until_year: Some(2019), ..all() }), [(4, 0), (1, 0), (1, 1), (2, 0)]);
    assert_eq!(of(LineFilter { register: "tools".into(), ..all() }), [(1, 0)]);
    assert_eq!(of(LineFilter { pack: "hunan".into(), ..all() }), [(5, 0)]);
    assert_eq!(of(LineFilter { scope: Scope::Region(region("120102")), ..all() }), [(2, 0)]);
    assert_eq!(of(LineFilter { scope: Scope::Region(region("120100")), ..all() }).len(), 5);
    assert_eq!(of(LineFilter { scope: Scope::Own(OrgId(11)), ..all() }), [(1, 0), (1, 1)]);
    assert_eq!(of(LineFilter { scope: Scope::Assigned(OrgId(5)), ..all() }).len(), 4);
    assert_eq!(of(LineFilter { scope: Scope::None, ..all() }), []);
    let first = reads.lines(&LineFilter { scope: Scope::Own(OrgId(11)), ..all() }).unwrap().remove(0);
    assert_eq!(first, line(1, 0, "120101"));
}

fn the_lines_of_a_case_are_replaced(place: &Place) {
    let of_case = |book: &mut dyn app::ports::Book| keys(book.lines(&all()).unwrap());
    let reads = written(place, |book| {
        book.put_lines(CaseId(1), &[line(1, 0, "120101"), line(1, 1, "120101")]).unwrap();
        book.put_lines(CaseId(2), &[line(2, 0, "120101")]).unwrap();
        book.put_lines(CaseId(9), &[]).unwrap();
        assert_eq!(of_case(book), [(2, 0), (1, 0), (1, 1)]);
        book.put_lines(CaseId(1), &[line(1, 0, "120102")]).unwrap();
        book.savepoint().unwrap();
        book.put_lines(CaseId(2), &[]).unwrap();
        assert_eq!(of_case(book), [(1, 0)]);
        book.undo().unwrap();
    });
    assert_eq!(reads.lines(&all()).unwrap(), [line(2, 0, "120101"), line(1, 0, "120102")]);
    let reads = written(place, |book| {
        book.put_lines(CaseId(1), &[]).unwrap();
    });
    assert_eq!(keys(reads.lines(&all()).unwrap()), [(2, 0)]);
}

fn lines_are_found_by_what_their_cases_build_on(place: &Place) {
    let reads = written(place, |book| {
        book.put_lines(CaseId(1), &[line(1, 0, "120101"), line(1, 1, "120101")]).unwrap();
        book.put_lines(CaseId(2), &[LineRow { parent: Some(CaseId(101)), ..line(2, 0, "120101") }]).unwrap();
        book.put_lines(CaseId(3), &[LineRow { parent: None, ..line(3, 0, "120101") }]).unwrap();
        book.put_lines(CaseId(4), &[line(4, 0, "120101")]).unwrap();
    });
    let of = |parents: &[i64]| {
        let parents: Vec<CaseId> = parents.iter().copied().map(CaseId).collect();
        keys(reads.lines_of_parents("projects", &parents).unwrap())
    };
    assert_eq!(of(&[101]), [(1, 0), (1, 1), (2, 0)]);
    assert_eq!(of(&[101, 104, 999]), [(1, 0), (1, 1), (2, 0), (4, 0)]);
    assert_eq!(of(&[]), []);
    assert_eq!(reads.lines_of_parents("tools", &[CaseId(101)]).unwrap(), []);
}

fn the_cases_of_a_procedure_come_by_pages(place: &Place) {
    let reads = written(place, |book| {
        (1..=5).for_each(|id| book.put_case(&case(id, "120101")).unwrap());
        book.put_case(&CaseRow { procedure: "predeclaration".into(), ..case(6, "120101") }).unwrap();
        book.put_case(&CaseRow { pack: "hunan".into(), ..case(7, "120101") }).unwrap();
    });
    let after = |id: i64, limit: usize| {
        let cases = reads.cases_of_procedure("tianjin", "application", CaseId(id), limit).unwrap();
        cases.into_iter().map(CaseId::get).collect::<Vec<_>>()
    };
    assert_eq!(after(0, 3), [1, 2, 3]);
    assert_eq!(after(3, 3), [4, 5]);
    assert!(after(5, 3).is_empty());
}
