//! Refusals about the life of a project: filing, rounds, approval, notices (R97x, R98x), and money that waits for it
//! (R99x); gates of its life (R106x).

/// Adds its reasons behind those given and hands all of them on.
macro_rules! with_living {
    ($($before:tt)*) => { with_acting! { $($before)*
    /// The window for filing has closed.
    FilingClosed {
        /// The plan year.
        year: i16,
        /// Its last day.
        last: Date,
    } = "R971" => "{year}年度的申报已于{last}截止" | "filing for {year} closed on {last}"
        => "确需补报的，在表中写明逾期申报的理由，作为例外登记" | "to file late, give the reason in the form; it is recorded as an exception";
    /// The case that it builds on is missing or not that far.
    ParentMissing {
        /// What must be there.
        what: String,
        /// The same, in English.
        what_en: String,
    } = "R972" => "应先办妥“{what}”，才能从它接着办理" | "“{what_en}” must be in place before this can build on it"
        => "请从已办妥的那一件进入办理" | "begin from the one that is in place";
    /// The rules do not say yes.
    RulesUnmet {
        /// What is unmet or unknown, in Chinese.
        zh: String,
        /// The same, in English.
        en: String,
    } = "R973" => "规定的条件没有满足：{zh}" | "conditions of the rules are not met: {en}"
        => "补齐后再办理；确实不符的，选择退回或者不予通过" | "mend it, or return or refuse it";
    /// The role has agreed already.
    AlreadySigned {
        /// Who still has to.
        left: String,
    } = "R974" => "您的岗位已经会签，还在等：{left}" | "your role has agreed already; still to come: {left}"
        => "等其他单位会签" | "wait for the others";
    /// A step that it cannot go back to.
    ReturnUnknown {
        /// The step.
        step: String,
    } = "R975" => "不能退回到“{step}”：它不在本环节之前，或者还没有办过" | "it cannot go back to “{step}”, which does not come before or was never done"
        => "请选择前面办过的环节" | "choose an earlier step that was done";
    /// The person stands aside.
    Recused {
        /// The tie.
        why: String,
    } = "R976" => "您已声明回避（{why}），不能办理本件" | "you declared a tie ({why}) and stand aside"
        => "请由同事办理" | "let a colleague do it";
    /// Similar projects were not compared.
    AlikeOpen {
        /// How many.
        count: usize,
    } = "R977" => "还有{count}个相近项目没有认定是不是同一项目" | "{count} similar project(s) were not compared yet"
        => "请逐个对照，认定相同或者不同" | "compare each and say whether it is the same";
    /// The window of the notice has no working day.
    NoticeWithoutWorkday {
        /// First day.
        first: Date,
        /// Last day.
        last: Date,
    } = "R978" => "公示期{first}至{last}没有一个工作日" | "the notice from {first} to {last} has no working day"
        => "请换一个发布日期" | "choose another day of posting";
    /// The notice runs already.
    NoticeRunning {
        /// Its last day.
        last: Date,
    } = "R979" => "公示正在进行，到{last}为止" | "the notice is running until {last}"
        => "期满后结束公示" | "end it when it has run";
    /// No notice runs.
    NoticeNotPosted {} = "R980" => "还没有发布公示" | "no notice was posted"
        => "请先发布" | "post it first";
    /// An objection was upheld.
    ObjectionUpheld {
        /// Its receipt.
        receipt: String,
    } = "R981" => "异议{receipt}成立，公示不能以无异议结束" | "objection {receipt} was upheld; the notice cannot end as clear"
        => "请退回修改，或者不予通过" | "return it for changes, or refuse it";
    /// There was nothing to compare.
    AlikeUnknown {} = "R982" => "这个项目不在相近项目之中" | "it is not among the similar projects"
        => "请回到项目页重新进入" | "go back to the project's page";
    /// The project does not come from a case.
    CaseMissing {
        /// What must be there.
        what: String,
        /// The same, in English.
        what_en: String,
    } = "R991" => "资金项目应从办妥“{what}”的项目登记" | "a project for money comes from one that has passed “{what_en}”"
        => "请在项目库里选择已批准的项目" | "choose an approved project in the library";
    /// What must have passed on the project has not.
    StepMissing {
        /// The project.
        number: String,
        /// The step.
        step: String,
    } = "R992" => "项目{number}还没有办妥“{step}”" | "project {number} has not passed “{step}”"
        => "请先办妥这个环节" | "have it done first";
    /// Claims and payments of the project wait.
    MoneyStopped {
        /// Why: the case or the step.
        why: String,
        /// The same, in English.
        why_en: String,
    } = "R993" => "项目的报账和支付已停止：{why}" | "claims and payments of the project are stopped: {why_en}"
        => "整改到位或者补办之后恢复" | "they go on once it is mended";
    /// The project that comes from the case has another unit, fund or place.
    CaseUsed {
        /// The project.
        number: String,
    } = "R994" => "这个项目已经登记为资金项目{number}" | "it is registered as project {number} already"
        => "请在原资金项目上办理" | "go on with that project";
    } };
}
