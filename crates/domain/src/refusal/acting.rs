//! Refusals about who acts for whom: a role lent during an absence (R101x), a desk handed over (R102x), several cases in one act
//! (R103x), months reported upwards, bills tied to households and deductions of an allocation (R104x), a list of people loaded
//! (R105x), what is filed once (R1053), a unit barred (R106x).

/// Adds its reasons behind those given and hands all of them on.
macro_rules! with_acting {
    ($($before:tt)*) => { reasons! { $($before)*
    /// A role of the program itself is never lent.
    RoleNotLent {
        /// The role.
        role: String,
    } = "R1010" => "“{role}”管理人员和账号，不能请人代理" | "“{role}” manages people and is never lent"
        => "请由另一名管理员授予岗位" | "let another administrator give the role";
    /// The role is not the person's own.
    RoleNotOwn {
        /// The role.
        role: String,
    } = "R1011" => "“{role}”不是您本人的岗位；代理来的岗位不得再转托" | "“{role}” is not a role of your own; what is lent is not lent onward"
        => "请由本人办理代理" | "the holder of the role lends it";
    /// The other is nobody who can stand in.
    NotColleague {
        /// Who.
        person: String,
    } = "R1012" => "{person}不是本单位的在用账号，或者就是您本人" | "{person} is no active colleague of this organisation"
        => "请选择本单位的同事" | "choose a colleague of the same organisation";
    /// The other holds the role already, or stands in for somebody in it in this time.
    LendingNotNeeded {
        /// Who.
        person: String,
        /// The role.
        role: String,
    } = "R1013" => "{person}在这段时间已经任“{role}”，或已代理该岗位" | "{person} already holds “{role}”, or stands in for it in this time"
        => "由其直接办理；或者另选一位同事、另定一段时间" | "no lending is needed, or choose another colleague or time";
    /// The days of a lending are not in order.
    LendingDays {
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
        /// Today.
        today: Date,
    } = "R1014" => "代理时间{from}至{until}不可用：不能早于今天（{today}），也不能先止后起" | "from {from} until {until} is no time to lend: not before today ({today}), nor ending before it begins"
        => "请改正起止日期" | "correct the days";
    /// There is nothing to hand over.
    NothingToHandOver {
        /// Who.
        person: String,
    } = "R1020" => "{person}在这个单位没有岗位，没有可以移交的" | "{person} holds no role in this organisation; there is nothing to hand over"
        => "请核对人员和单位" | "check the person and the organisation";
    /// The other cannot take a desk over.
    SuccessorUnfit {
        /// Who.
        person: String,
    } = "R1021" => "{person}不能接手：接手人须是本单位的在用账号，并且不是移交人" | "{person} cannot take over: it must be another active account of this organisation"
        => "请先在本单位给接手人设立岗位，或者另选一人" | "give the successor a role in this organisation first, or choose another";
    /// Some cases of an act are refused, so that nothing is done.
    TogetherRefused {
        /// How many.
        count: usize,
        /// Which, each with its refusal.
        cases: Vec<RefusedCase>,
        /// The same in one line, Chinese.
        zh: String,
        /// The same in one line, English.
        en: String,
    } = "R1030" => "有{count}件不能办，所以一件都没有办：{zh}" | "{count} of the cases are refused, so nothing was done: {en}"
        => "去掉这些件，或者先补齐再一起办" | "leave these out, or mend them first";
    /// The cases of an act are not named, or one is named twice.
    TogetherUnnamed {} = "R1031" => "没有选定要一起办的件，或者同一件选了两次" | "no case is named for the act, or one is named twice"
        => "请勾选要办的件，每件一次" | "tick the cases, each once";
    /// Some cases do not stand at this step.
    NotAtStep {
        /// The step.
        step: String,
        /// Which.
        cases: String,
    } = "R1032" => "这些件现在不在“{step}”，或者不是同一程序、同一版本、同一年度的：{cases}" | "not at “{step}” now, or of another procedure, edition or year: {cases}"
        => "请重新打开页面，去掉这些件再办" | "open the page again and leave these out";
    /// More cases than one act may be about.
    TogetherTooMany {
        /// How many.
        count: usize,
        /// The most.
        most: usize,
    } = "R1033" => "一次选了{count}件，最多{most}件" | "{count} cases are named for one act, {most} are the most"
        => "请分几次办理，用同一文号" | "do it in several acts, under the same number";
    /// The step is not one that is done of several cases in one act.
    NotTogether {
        /// The step.
        step: String,
    } = "R1034" => "“{step}”不能几件一起办" | "“{step}” is not done of several cases in one act"
        => "请逐件办理" | "do it case by case";
    /// Nobody below has reported a month that is to be summed up.
    NothingToSum {
        /// The month.
        period: String,
    } = "R1040" => "{period}下级一份都还没有报送，没有可以汇总的" | "nobody below has reported {period} yet; there is nothing to sum up"
        => "请催下级报送，有一份之后再汇总" | "urge those below, and sum up once one of them has reported";
    /// Some have not reported a month that is summed up, and nothing is said of it.
    MissingUnexplained {
        /// The month.
        period: String,
        /// How many.
        count: usize,
        /// Who.
        bodies: String,
    } = "R1041" => "{period}还有{count}个单位没有报送：{bodies}；缺着报的，须在情况说明里写明原因" | "{count} bodies have not reported {period}: {bodies}; filed without them, the remarks must say why"
        => "请等齐，或者写明原因再报；报上来之后可以更正" | "wait for them, or say why; the report may be corrected later";
    /// The sum is larger than can be held.
    SumTooLarge {
        /// The month.
        period: String,
    } = "R1042" => "{period}各单位的数字加起来超出了能记的范围" | "the figures of {period} add up to more than can be held"
        => "请核对下级报送的数字" | "check the figures reported below";
    /// A bill does not say how it is tied to households.
    TieMissing {
        /// The bill.
        line: String,
    } = "R1045" => "第{line}张票据没有写明与哪些贫困户挂钩" | "bill {line} does not say how it is tied to registered poor households"
        => "请选择项目的一种挂钩方式和户数，或选“按项目的挂钩”" | "choose a link of the project with its households, or “as the project is tied”";
    /// A bill is tied by a link that the project does not have.
    TieUnknown {
        /// The bill.
        line: String,
    } = "R1046" => "第{line}张票据的挂钩方式不在本项目申报的挂钩之中" | "bill {line} is tied in a way that the project did not declare"
        => "请从项目申报表列出的挂钩方式中选择" | "choose one of the links that the project's form lists";
    /// A bill is tied to more households than the link has, or to none.
    TieBeyond {
        /// The bill.
        line: String,
        /// How many it says.
        households: String,
        /// How many the link has.
        most: String,
    } = "R1047" => "第{line}张票据写的是{households}户，这种挂钩方式申报的是{most}户" | "bill {line} says {households} households; {most} were declared for this link"
        => "请填写1户以上、不超过申报户数" | "enter at least one, and no more than were declared";
    /// A deduction is struck out without a reason.
    DeductionUnfounded {
        /// Whose.
        who: String,
    } = "R1048" => "{who}的上年扣减没有写明不扣的理由" | "the deduction of {who} is struck out without a reason"
        => "请写明理由，或者按记录扣减" | "write the reason, or deduct what was decided";
    /// The keeper's organisation has no region to load a list for.
    RosterPlaceUnknown {
        /// The list.
        roster: String,
    } = "R1050" => "您的单位没有登记所在地区，不知道{roster}是哪个地区的" | "your organisation has no region, so it is unknown whose list “{roster}” would be"
        => "请管理员登记单位所在地区后再装入" | "let the administrator register its region first";
    /// The list names nobody.
    RosterEmpty {
        /// The list.
        roster: String,
    } = "R1051" => "文件里一户也没有，{roster}没有装入，原来的名单照旧" | "the file names no household; “{roster}” was not loaded and the list before stays"
        => "请核对文件；全部移出的，逐户写明已移出" | "check the file; households that were all removed are listed as removed";
    /// The list names somebody twice.
    RosterTwice {
        /// Which row of data, from 1.
        row: usize,
        /// The identity number, masked.
        number: String,
    } = "R1052" => "第{row}户（{number}）在名单里写了两次" | "household {row} ({number}) stands on the list twice"
        => "请合成一行，同一户只写一次" | "write each household once";
    /// The same was filed already on the same parent.
    FiledOnce {
        /// What is filed once: the fields with their values.
        what: String,
        /// The same, in English.
        what_en: String,
        /// The case that says it.
        number: String,
    } = "R1053" => "“{what}”已经报过，是{number}" | "“{what_en}” was filed already, as {number}"
        => "请核对填的内容；要改的，在原来那一件里更正，或者先撤回原来那一件" | "check what is filled in; a change is made in the one that is there, or that one is withdrawn first";
    /// The unit is barred from filing.
    Barred {
        /// The case that bars it.
        number: String,
        /// The last plan year of it.
        last: i16,
    } = "R1060" => "申报单位因{number}被限制申报，到{last}年度（含）为止" | "nothing is taken from this unit through the plan year {last}, by {number}"
        => "期满后再申报；认定有误的，请主管部门写明理由撤销" | "file after that; a mistaken finding is lifted by the office, with its reasons";
    } };
}
