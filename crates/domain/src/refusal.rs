//! Refusals: the rules say no. A normal answer, with a stable code, the article, the facts used and what to do next.
//!
//! Codes are never reused. Within an operation checks run in the order of this enum; that order is the reference.

#[macro_use]
mod acting;
#[macro_use]
mod living;
#[macro_use]
mod claiming;
#[macro_use]
mod funding;
mod shown;

use crate::case::RefusedCase;
use kernel::{Date, Money};
use shown::Shown;
use std::fmt;

/// A refusal with the article it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What stands in the way.
    pub reason: Reason,
    /// The article, as the pack cites it; empty for house-keeping.
    pub cite: String,
}

impl Refusal {
    /// A refusal under an article.
    pub fn under(cite: impl Into<String>, reason: Reason) -> Refusal {
        Refusal { reason, cite: cite.into() }
    }

    /// The same under an article where it names none yet.
    pub fn or_under(self, cite: &str) -> Refusal {
        if self.cite.is_empty() { Refusal::under(cite, self.reason) } else { self }
    }
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Refusal {
        Refusal { reason, cite: String::new() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let say = self.reason.say();
        if self.cite.is_empty() {
            write!(f, "{} {}", self.reason.code(), say.zh)
        } else {
            write!(f, "{} {}（{}）", self.reason.code(), say.zh, self.cite)
        }
    }
}

/// One sentence in both languages, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    /// The fact, in Chinese.
    pub zh: String,
    /// The fact, in English.
    pub en: String,
    /// What to do next, in Chinese.
    pub next_zh: String,
    /// What to do next, in English.
    pub next_en: String,
}

/// One kind of refusal as the reference prints it; fields stand in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The stable code.
    pub code: &'static str,
    /// The variant's name.
    pub name: &'static str,
    /// When it is given.
    pub when: &'static str,
    /// The sentence, in Chinese.
    pub zh: &'static str,
    /// The sentence, in English.
    pub en: &'static str,
    /// What to do next, in Chinese.
    pub next_zh: &'static str,
    /// What to do next, in English.
    pub next_en: &'static str,
}

/// A case that cannot be granted, with the sentences of its unmet or unknown rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ungrantable {
    /// The case number.
    pub case: String,
    /// What is unmet, in Chinese.
    pub zh: String,
    /// What is unmet, in English.
    pub en: String,
}

macro_rules! reasons {
    ($($(#[doc = $doc:literal])+ $variant:ident { $($(#[doc = $fdoc:literal])+ $field:ident : $ty:ty),* $(,)? } = $code:literal
        => $zh:literal | $en:literal => $nzh:literal | $nen:literal;)*) => {
        /// Why something is refused. Variants stand in the order in which they are checked.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Reason {
            $($(#[doc = $doc])+ $variant { $($(#[doc = $fdoc])+ $field: $ty),* },)*
        }

        impl Reason {
            /// The stable code.
            pub fn code(&self) -> &'static str {
                match self { $(Reason::$variant { .. } => $code,)* }
            }

            /// Whether no article governs it: who may, what exists, what changed meanwhile.
            pub fn is_housekeeping(&self) -> bool {
                self.code().starts_with("R0")
            }

            /// The variant's name, for tests and the reference.
            pub fn name(&self) -> &'static str {
                match self { $(Reason::$variant { .. } => stringify!($variant),)* }
            }

            /// What it says, and what to do next.
            pub fn say(&self) -> Say {
                #[expect(unused_variables, reason = "a sentence need not use every fact")]
                match self { $(Reason::$variant { $($field),* } => {
                    let (zh, next_zh) = { $(let $field = $field.zh();)* (format!($zh), format!($nzh)) };
                    let (en, next_en) = { $(let $field = $field.en();)* (format!($en), format!($nen)) };
                    Say { zh, en, next_zh, next_en }
                },)* }
            }
        }

        /// Every code with its variant name, in order of precedence.
        pub const CODES: &[(&str, &str)] = &[$(($code, stringify!($variant))),*];

        /// Every code with its sentences, in the same order.
        pub const REFERENCE: &[Entry] = &[$(Entry {
            code: $code, name: stringify!($variant), when: concat!($($doc),+),
            zh: $zh, en: $en, next_zh: $nzh, next_en: $nen,
        }),*];
    };
}

with_funding! {
    /// The person's role or region does not reach this act.
    NotAllowed {
        /// What was tried.
        what: String,
        /// The same, in English.
        what_en: String,
        /// Who may.
        who: String,
    } = "R001" => "您的岗位不能办理“{what}”，应由{who}办理" | "your role may not do “{what_en}”; {who} may"
        => "请转交有权办理的人员，或请管理员核对您的岗位" | "hand it over, or ask the administrator to check your role";
    /// The thing does not exist or is outside the person's scope.
    NotFound {
        /// What was looked for.
        what: String,
    } = "R002" => "没有找到{what}，或者不在您的查看范围内" | "{what} was not found or is outside your scope"
        => "请回到列表重新进入" | "go back to the list and start from there";
    /// The state changed since the page was opened.
    Stale {
        /// What changed.
        what: String,
        /// The same, in English.
        what_en: String,
    } = "R003" => "{what}在您打开页面之后已经变化，本次提交没有生效" | "{what_en} changed after you opened the page; nothing was written"
        => "请重新打开页面，核对后再提交" | "open the page again, check and submit again";
    /// The same request key was used for a different request.
    KeyReused {} = "R004" => "这一页已经提交过一次，本次内容与上次不同，没有办理" | "this page was submitted before with other content; nothing was written"
        => "请先查看上次提交的结果；确需另办的，重新打开页面填写" | "look at what the first submission did; to do something else, open the page again";
    /// A name is missing.
    NameMissing {} = "R101" => "名称没有填写" | "the name is missing" => "请填写全称" | "enter the full name";
    /// A sign-in name that cannot be used.
    LoginUnusable {} = "R102" => "登录名至少3个字符，只能用字母、数字和 . _ - @" | "a sign-in name has at least 3 letters, digits or . _ - @"
        => "请换一个登录名" | "choose another sign-in name";
    /// A sign-in name that somebody has.
    LoginTaken {
        /// The name.
        login: String,
    } = "R103" => "登录名“{login}”已被使用" | "the sign-in name “{login}” is taken" => "请换一个登录名" | "choose another one";
    /// An enterprise or firm without a credit code.
    CreditCodeMissing {} = "R104" => "企业和专业机构须填写统一社会信用代码" | "an enterprise or firm needs its unified social credit code"
        => "按营业执照填写18位代码" | "enter the 18 characters on the licence";
    /// A credit code that another organisation has.
    CreditCodeTaken {
        /// Who has it.
        org: String,
    } = "R105" => "该统一社会信用代码已由“{org}”登记" | "this credit code is already registered for “{org}”"
        => "请用已有账号登录，或联系管理员" | "sign in with the existing account or ask the administrator";
    /// The last administrator would lose the role.
    LastAdministrator {} = "R106" => "这是最后一名管理员，不能停用账号或收回岗位" | "this is the last administrator; neither the account nor the role can be taken away"
        => "请先指定另一名管理员" | "appoint another administrator first";
    /// A reason is required.
    ReasonMissing {
        /// For what.
        what: String,
        /// The same, in English.
        what_en: String,
    } = "R107" => "“{what}”须写明理由或意见" | "a reason or opinion is required for {what_en}" => "请填写后再提交" | "write it and submit again";
    /// A date in the future.
    DateInFuture {
        /// Which date.
        what: String,
        /// The date given.
        date: Date,
        /// Today.
        today: Date,
    } = "R108" => "{what}{date}晚于今天（{today}）" | "{what} {date} is later than today ({today})" => "请核对日期" | "check the date";
    /// A date before what it follows.
    DateTooEarly {
        /// Which date.
        what: String,
        /// The date given.
        date: Date,
        /// The earliest possible.
        earliest: Date,
        /// What that day is.
        because: String,
    } = "R109" => "{what}{date}早于{because}（{earliest}）" | "{what} {date} is earlier than {earliest} ({because})" => "请核对日期" | "check the date";
    /// An amount that is zero or negative.
    AmountNotPositive {
        /// Which amount.
        what: String,
    } = "R110" => "{what}必须大于零" | "{what} must be above zero" => "请核对金额" | "check the amount";
    /// The year was opened already.
    YearAlreadyOpen {
        /// The year.
        year: i16,
    } = "R201" => "{year}年度已经开设" | "the year {year} is already open" => "如需调整，请用“年度调整”" | "use “amend the year”";
    /// The regime has no money for that year.
    YearOutsideFund {
        /// The year.
        year: i16,
        /// The years of the fund.
        years: String,
    } = "R202" => "资金存续年限为{years}，不含{year}年" | "the fund lives in {years}, not in {year}" => "请核对年度" | "check the year";
    /// The budget is more than the fund has left.
    BudgetOverFund {
        /// The budget asked.
        wanted: Money,
        /// What the fund has left.
        left: Money,
    } = "R203" => "年度资金规模{wanted}元超过资金总规模的余额{left}元" | "the year's budget {wanted} is beyond the fund's remaining {left}"
        => "请减少年度规模" | "lower the year's budget";
    /// The budget is less than what was already promised.
    BudgetUnderCommitted {
        /// The budget asked.
        wanted: Money,
        /// What is committed.
        committed: Money,
    } = "R204" => "年度资金规模{wanted}元小于已审定和已列支的{committed}元" | "the year's budget {wanted} is below the {committed} already committed"
        => "请提高年度规模" | "raise the year's budget";
    /// A parameter value outside what the regime allows.
    RateOutOfRange {
        /// The parameter.
        what: String,
        /// The value given.
        value: String,
        /// The limit.
        limit: String,
    } = "R205" => "{what}{value}超出上限{limit}" | "{what} {value} is beyond {limit}" => "请按条文上限填写" | "stay within the article's limit";
    /// The window of applications is unusable.
    WindowUnusable {} = "R206" => "受理截止日期早于开始日期" | "the last day of the intake is before its first" => "请核对受理起止日期" | "check both dates";
    /// No year of the fund is open.
    YearNotOpen {
        /// The year.
        year: i16,
    } = "R207" => "{year}年度尚未开设受理" | "no intake is open for {year}" => "请等待市级主管部门开设年度受理" | "wait for the year to be opened";
    /// Today is outside the window of applications.
    IntakeClosed {
        /// First day.
        opens: Date,
        /// Last day.
        closes: Date,
    } = "R208" => "今天不在受理期内，受理时间为{opens}至{closes}" | "applications are taken from {opens} to {closes}, not today" => "请在受理期内提交；草稿已保留" | "submit within the window; the draft is kept";
    /// The firm is related to an applicant.
    AdviserRelated {
        /// The firm.
        firm: String,
        /// The applicant.
        applicant: String,
    } = "R209" => "“{firm}”与申请企业“{applicant}”有关联，应当回避" | "“{firm}” is related to the applicant “{applicant}” and must stand aside"
        => "请选定其他专业机构" | "choose another firm";
    /// The firm was not appointed.
    AdviserNotAppointed {
        /// The firm.
        firm: String,
    } = "R210" => "“{firm}”不是本年度选定的专业机构" | "“{firm}” is not appointed this year" => "请从已选定的机构中选择" | "choose an appointed firm";
    /// The step cannot be done now.
    StepNotOpen {
        /// The step.
        step: String,
        /// What can be done instead.
        open: String,
    } = "R301" => "现在不能办理“{step}”，当前可办：{open}" | "“{step}” cannot be done now; open: {open}" => "请按办理顺序进行" | "follow the order of steps";
    /// The person prepared what would now be decided.
    MakerIsChecker {
        /// The step prepared.
        step: String,
    } = "R302" => "本件“{step}”由您办理，审定或付款须由另一人办理" | "you did “{step}” on this case; another person must do this"
        => "请转交同事办理" | "hand it to a colleague";
    /// The person's organisation is party to the case.
    OwnFirm {} = "R303" => "本件涉及您所在单位，您应当回避" | "your own organisation is party to this case" => "请转交他人办理" | "hand it to somebody else";
    /// An application without an accepted pre-declaration.
    NotDeclaredBefore {} = "R304" => "没有已获同意的事前申报，不能提交资助申请" | "there is no accepted pre-declaration to apply from"
        => "请先完成事前申报" | "file the pre-declaration first";
    /// A second case from the same pre-declaration.
    AlreadyApplied {
        /// The other case.
        number: String,
    } = "R305" => "同一事前申报已有在办或已办申请{number}" | "an application {number} already stands on this pre-declaration"
        => "请在原申请上办理" | "go on with that application";
    /// The form has faults.
    FormFaults {
        /// How many.
        count: usize,
        /// The first.
        first: String,
    } = "R306" => "表格有{count}处需要改正：{first}" | "the form has {count} fault(s): {first}" => "请按标出的位置改正后再提交" | "mend the marked places and submit again";
    /// Papers are missing.
    PapersMissing {
        /// Which.
        papers: String,
    } = "R307" => "缺少材料：{papers}" | "papers are missing: {papers}" => "请上传后再提交" | "upload them and submit again";
    /// An outcome that the step does not have.
    OutcomeUnknown {
        /// The outcome.
        outcome: String,
    } = "R308" => "“{outcome}”不是本环节可以登记的办理结果" | "“{outcome}” is not an outcome that can be recorded here" => "请在本环节列出的结果中选择" | "choose one of the outcomes listed";
    /// Items of the checklist are undecided.
    ChecklistIncomplete {
        /// Which.
        items: String,
    } = "R309" => "核对清单尚未完成：{items}" | "the checklist is not complete: {items}" => "请逐项核对" | "go through every item";
    /// An item of the checklist failed and the outcome would pass.
    ChecklistFailed {
        /// Which.
        items: String,
    } = "R310" => "核对不通过，不能同意：{items}" | "failed checks cannot pass: {items}" => "请退回补正或不予受理" | "return it for correction or refuse it";
    /// Facts that this step must establish are missing.
    RecordsMissing {
        /// Which.
        facts: String,
    } = "R311" => "本环节应查明的事项未填：{facts}" | "facts to be established here are missing: {facts}" => "请查明后填写" | "establish and enter them";
    /// A recorded fact cannot be read.
    RecordUnreadable {
        /// Which.
        fact: String,
        /// What is wrong.
        what: String,
        /// The same, in English.
        what_en: String,
    } = "R312" => "“{fact}”无法识别：{what}" | "“{fact}” cannot be read: {what_en}" => "请改正" | "mend it";
    /// No firm was assigned to the case.
    AdviserNotAssigned {} = "R313" => "尚未指派专业机构" | "no firm is assigned to this case" => "请先指派" | "assign one first";
    /// Lines or papers were not judged.
    FindingsIncomplete {
        /// How many are left.
        left: usize,
    } = "R314" => "还有{left}项明细或材料未核实" | "{left} line(s) or paper(s) are not verified yet" => "请逐项核实" | "verify each of them";
    /// A confirmed amount below zero or beyond the declared one.
    LineAboveDeclared {
        /// The line.
        line: String,
        /// Declared.
        declared: Money,
        /// Confirmed.
        confirmed: Money,
    } = "R315" => "“{line}”核定金额{confirmed}元，应在0元至申报金额{declared}元之间" | "“{line}”: confirmed {confirmed} is not between 0 and the declared {declared}"
        => "请改正核定金额" | "mend the confirmed amount";
    /// The amount is above what the regime allows this case.
    AmountAboveLimit {
        /// The amount.
        wanted: Money,
        /// The limit.
        limit: Money,
        /// Which term binds.
        binds: String,
    } = "R317" => "金额{wanted}元超过本件上限{limit}元（{binds}）" | "{wanted} is above this case's limit {limit} ({binds})" => "请调减金额" | "lower the amount";
    /// The case does not qualify.
    NotGrantable {
        /// What is unmet.
        cases: Vec<Ungrantable>,
        /// The same in one line, Chinese.
        zh: String,
        /// The same in one line, English.
        en: String,
    } = "R318" => "不符合资助条件：{zh}" | "not eligible: {en}" => "请核对事实，或作出不予资助的结论" | "check the facts or decide not to grant";
    /// The case is in a plan already.
    AlreadyPlanned {
        /// The case.
        case: String,
    } = "R401" => "{case}已列入其他资助方案" | "{case} is in another plan" => "请先从该方案移出" | "take it out there first";
    /// The case has no proposal.
    NotProposed {
        /// The case.
        case: String,
    } = "R402" => "{case}还没有区里报送的建议方案" | "{case} has no district proposal" => "请等待报送" | "wait for the proposal";
    /// The plan has no items.
    PlanEmpty {} = "R403" => "方案中没有项目" | "the plan has no items" => "请先列入项目" | "add items first";
    /// The plan can no longer be changed.
    PlanFixed {} = "R404" => "方案已经会议审议，不能再增减项目或调整金额" | "the plan was deliberated and is fixed" => "需要调减或不予资助的，在审定时办理；没有列入的，另立方案" | "lower or refuse an item when the plan is determined; put what is missing into another plan";
    /// Minutes lack something.
    MinutesIncomplete {
        /// What.
        missing: String,
    } = "R405" => "会议纪要缺少：{missing}" | "the minutes lack: {missing}" => "请补全" | "complete them";
    /// More than the year has left.
    OverYear {
        /// Wanted.
        wanted: Money,
        /// Left.
        left: Money,
    } = "R406" => "合计{wanted}元超过本年度可用余额{left}元" | "{wanted} is beyond the year's remaining {left}" => "请调减金额或项目" | "lower amounts or drop items";
    /// Required content of the notice is missing.
    NoticeIncomplete {
        /// What.
        missing: String,
    } = "R501" => "公示内容不完整，缺少：{missing}" | "the notice lacks: {missing}" => "请补全后再发布" | "complete it before posting";
    /// A site on which it must stand has no record.
    PostingMissing {
        /// Which site.
        sites: String,
    } = "R502" => "没有登记公示载体：{sites}" | "no posting recorded on: {sites}" => "请逐一登记发布网址" | "record each posting";
    /// The notice is still running.
    NoticeNotEnded {
        /// Its last day.
        last: Date,
    } = "R503" => "公示期至{last}，尚未结束" | "the notice runs until {last}" => "请在公示期满后办理" | "go on after it has ended";
    /// An objection without text.
    ObjectionEmpty {} = "R504" => "请写明异议内容" | "write what you object to" => "写明项目和理由" | "name the project and your reasons";
    /// The notice takes no objections now.
    NoticeClosed {} = "R505" => "该公示不在受理异议的期间内" | "this notice takes no objections now" => "可以拨打公示上的监督电话" | "use the telephone number on the notice";
    /// The objection was answered.
    ObjectionAnswered {} = "R506" => "该异议已经答复" | "the objection was already answered" => "可查看答复" | "see the answer";
    /// An objection is open on an item.
    ObjectionOpen {
        /// Which cases.
        cases: String,
    } = "R507" => "{cases}有未答复的异议，暂不能审定" | "objections are open on {cases}" => "答复后再审定；其他项目可先行" | "answer them first; the other items may go on";
    /// An item has no decision, or more than one.
    ItemUndecided {
        /// Which.
        cases: String,
    } = "R601" => "{cases}没有审定结论，或者结论不止一个" | "{cases}: not exactly one conclusion" => "请逐项审定，每项一个结论" | "decide every item once";
    /// An exception without a reason.
    ExceptionUnfounded {
        /// The case.
        case: String,
    } = "R602" => "{case}的金额超过“原则上”的上限，须写明突破的理由" | "{case} exceeds a limit “in principle” and needs a written reason" => "请写明理由，或调减金额" | "write it or lower the amount";
    /// Results were not sent to everybody.
    LetterMissing {
        /// To whom.
        recipients: String,
    } = "R603" => "没有登记书面通知：{recipients}" | "no letter recorded to: {recipients}" => "请逐一登记文号" | "record each letter's number";
    /// More than was granted.
    OverGrant {
        /// Wanted.
        wanted: Money,
        /// Left.
        left: Money,
    } = "R702" => "付款{wanted}元超过可付余额{left}元" | "{wanted} is beyond the remaining {left}" => "请核对金额" | "check the amount";
    /// The sum to remit differs from what was granted.
    SumDiffers {
        /// Wanted.
        wanted: Money,
        /// Due.
        due: Money,
    } = "R703" => "拨付{wanted}元与审定合计{due}元不一致" | "{wanted} differs from the granted sum {due}" => "应一次拨付审定合计" | "remit the granted sum at once";
    /// A voucher number is missing.
    VoucherMissing {} = "R704" => "没有填写支付凭证号" | "the voucher number is missing" => "请填写" | "enter it";
}
