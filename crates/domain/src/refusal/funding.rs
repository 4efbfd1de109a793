//! Refusals about booked money before it is claimed: sources (R80x), projects (R82x, R83x), allocations (R90x).

/// Adds its reasons behind those given and hands all of them on.
macro_rules! with_funding {
    ($($before:tt)*) => { with_claiming! { $($before)*
    /// The fund does not book sources.
    FundNotBooked {
        /// The fund.
        fund: String,
    } = "R801" => "“{fund}”不按来源记账" | "“{fund}” does not book its sources"
        => "请核对资金名称" | "check the fund";
    /// No fund of the regime takes this kind of money.
    SourceRefused {
        /// The kind.
        kind: String,
        /// Why.
        why: String,
        /// The same, in English.
        why_en: String,
    } = "R802" => "“{kind}”不得计入：{why}" | "“{kind}” is not taken: {why_en}"
        => "请按该类资金自己的办法管理" | "manage this money under its own rules";
    /// The fund does not take this kind of money.
    SourceNotTaken {
        /// The kind.
        kind: String,
        /// The fund.
        fund: String,
    } = "R803" => "“{fund}”的来源不包括“{kind}”" | "“{fund}” does not take “{kind}”"
        => "请核对资金来源或选择其他资金" | "check the kind of money or choose another fund";
    /// Money of this kind does not come from this level of government.
    LevelOfOtherKind {
        /// The kind.
        kind: String,
        /// The level.
        level: String,
        /// The same, in English.
        level_en: String,
    } = "R804" => "“{kind}”不是{level}资金" | "“{kind}” is not given by the level: {level_en}"
        => "请核对下达级次" | "check who issued the document";
    /// The number of the document cannot be read.
    DocumentUnreadable {
        /// What is wrong.
        what: String,
        /// The same, in English.
        what_en: String,
    } = "R805" => "文号无法识别：{what}" | "the document number cannot be read: {what_en}"
        => "请按原件写全机关代字、年份和序号" | "copy issuer, year and serial in full";
    /// The same document, purpose and code are registered in the fund.
    SourceTwice {
        /// The document.
        document: String,
        /// The purpose.
        purpose: String,
    } = "R806" => "{document}（{purpose}）已经登记过" | "{document} ({purpose}) is registered already"
        => "如是追加，请另登记追加文件；如是到账，请在原来源上登记" | "register the later document for an addition, or book the cash on the source there is";
    /// The budget is beyond what the ceiling of the fund leaves.
    OverCeiling {
        /// Wanted.
        wanted: Money,
        /// Left.
        left: Money,
    } = "R807" => "预算{wanted}元超过资金总规模的余额{left}元" | "the budget {wanted} is beyond the {left} that the ceiling leaves"
        => "请核对金额和文件" | "check the amount and the document";
    /// More cash than the budget of the source.
    CashOverBudget {
        /// Wanted.
        wanted: Money,
        /// Left.
        left: Money,
    } = "R808" => "到账{wanted}元超过该来源尚未到账的{left}元" | "{wanted} is beyond the {left} that this source still expects"
        => "请核对金额；预算有追加的，先登记追加文件" | "check the amount; register an addition to the budget first";
    /// The cut is more than what is neither allotted nor received.
    CutTooDeep {
        /// Wanted.
        wanted: Money,
        /// Left.
        left: Money,
    } = "R809" => "调减{wanted}元超过可以调减的{left}元（已分配或已到账的不能调减）" | "a cut of {wanted} is beyond the {left} that is neither allotted nor received"
        => "请先收回已分配的资金，或减少调减金额" | "take allotted money back first, or cut less";
    /// A row of an imported table is refused, and so no row is booked.
    RowRefused {
        /// The row, as the sheet numbers it.
        row: usize,
        /// The code of what stands in the way.
        of: String,
        /// What stands in the way, and what to do.
        what: Box<Say>,
    } = "R810" => "第{row}行没有通过（{of}），整个文件没有导入：{what}" | "row {row} was refused ({of}) and nothing was imported: {what}"
        => "请改正这一行，重新上传整个文件" | "mend this row and upload the whole file again";
    /// The use is prohibited.
    UseProhibited {
        /// The use.
        spending: String,
    } = "R821" => "“{spending}”属于不得列支的方向" | "“{spending}” is a prohibited use"
        => "请选择允许的支出方向；不符合的不要立项" | "choose a permitted use, or do not open the project";
    /// The use is not one of this fund or side.
    UseOfOtherMoney {
        /// The use.
        spending: String,
        /// The fund and side.
        fund: String,
    } = "R822" => "“{spending}”不在“{fund}”的使用范围内" | "“{spending}” is not a use of “{fund}”"
        => "请选择这项资金可用的支出方向" | "choose a use of this money";
    /// The fund has no such side.
    SideUnknown {
        /// The side.
        side: String,
    } = "R823" => "这项资金没有“{side}”一方" | "this fund has no side “{side}”"
        => "请选择支配方" | "choose the side that disposes of the money";
    /// The fund is for another area.
    PlaceOutsideFund {
        /// The fund.
        fund: String,
    } = "R824" => "项目所在地不在“{fund}”支持的地区内" | "the place is outside the area of “{fund}”"
        => "请核对项目所在地或资金" | "check the place or the fund";
    /// How the project is tied to poor households is not stated.
    LinkMissing {} = "R825" => "没有填写与建档立卡贫困户的挂钩方式" | "how the project is tied to registered poor households is missing"
        => "请写明带动的户数和方式" | "state how many households and how";
    /// Words that look like a prohibited use wait for a decision.
    DoubtOpen {
        /// The words.
        words: String,
    } = "R826" => "项目有疑似禁止用途的内容待认定：{words}" | "words that look like a prohibited use are not decided yet: {words}"
        => "请有权人员先作出认定" | "let the person in charge decide first";
    /// A doubtful use was decided to be prohibited.
    DoubtRefused {
        /// The words.
        words: String,
    } = "R827" => "项目内容已认定为不得列支：{words}" | "these contents were decided to be prohibited: {words}"
        => "请调整项目内容和预算后重新认定" | "change the contents and the budget";
    /// The doubt was decided or is not there.
    DoubtSettled {} = "R828" => "该疑似内容已经认定，或者不存在" | "this doubt was decided already, or does not exist"
        => "请重新打开项目查看" | "open the project again";
    /// The budget lines are empty or a key is used twice.
    LinesUnusable {
        /// What is wrong.
        what: String,
        /// The same, in English.
        what_en: String,
    } = "R829" => "项目预算不能使用：{what}" | "the budget lines cannot be used: {what_en}"
        => "请改正后再提交" | "mend them and submit again";
    /// A budget line would be less than what is approved on it.
    LineBelowUsed {
        /// The line.
        line: String,
        /// Approved.
        used: Money,
    } = "R830" => "预算项“{line}”已核定报账{used}元，不能调到这个数以下" | "{used} is approved on “{line}”; it cannot be set below that"
        => "请保留已核定的金额" | "keep at least what is approved";
    /// More is held back than the contract is worth.
    RetentionOverContract {
        /// Held back.
        retention: Money,
        /// The contract.
        amount: Money,
    } = "R831" => "质量保证金{retention}元超过合同金额{amount}元" | "the retention {retention} is above the contract amount {amount}"
        => "请核对合同" | "check the contract";
    /// The contracts are beyond the budget of the project.
    ContractOverBudget {
        /// Wanted.
        wanted: Money,
        /// Left.
        left: Money,
    } = "R832" => "合同金额{wanted}元超过项目预算的余额{left}元" | "the contract {wanted} is beyond the {left} that the budget leaves"
        => "请核对合同，或先调整项目预算" | "check the contract or change the budget first";
    /// A contract would be less than what is approved for its party.
    ContractBelowGranted {
        /// The contract.
        amount: Money,
        /// Approved.
        granted: Money,
    } = "R833" => "合同金额{amount}元小于已核定支付的{granted}元" | "the contract {amount} is below the {granted} already approved"
        => "请核对合同" | "check the contract";
    /// The regime demands no such paper here.
    PaperNotDemanded {
        /// The paper.
        what: String,
    } = "R834" => "“{what}”不是这里要归档的文件" | "“{what}” is not a paper demanded here"
        => "请按清单归档" | "file the papers listed";
    /// A paper must be on file before money moves.
    PaperDemanded {
        /// The paper.
        demand: String,
        /// Whose.
        of: String,
    } = "R835" => "缺少前置文件“{demand}”（{of}），资金不能动用" | "“{demand}” of {of} is not on file; the money cannot be used"
        => "请先归档该文件" | "put the paper on file first";
    /// The project was closed.
    ProjectClosed {
        /// The project.
        number: String,
    } = "R836" => "项目{number}已经清算" | "the project {number} is closed"
        => "如仍需资金，请另行立项" | "open another project for new money";
    /// Claims or payments of the project are not finished.
    ProjectBusy {
        /// Which.
        what: String,
    } = "R837" => "项目还有未办结的报账或支付：{what}" | "claims or payments are not finished: {what}"
        => "办结或撤回后再清算" | "finish or withdraw them first";
    /// More than the payee received.
    OverRecovery {
        /// Wanted.
        wanted: Money,
        /// Left.
        left: Money,
    } = "R838" => "追回{wanted}元超过该收款人实际收到的{left}元" | "{wanted} is beyond the {left} that this payee received"
        => "请核对收款人和金额" | "check the payee and the amount";
    /// The plan has no lines.
    AllocationEmpty {} = "R901" => "分配方案没有项目" | "the allocation has no lines"
        => "请先列入项目" | "add projects first";
    /// A project stands in the plan twice for the same place.
    LineTwice {
        /// The project.
        project: String,
    } = "R902" => "项目{project}在方案中重复" | "the project {project} stands twice in the plan"
        => "请合并为一行" | "make one line of it";
    /// A project of another fund, side or year.
    LineOfOtherMoney {
        /// The project.
        project: String,
        /// What it belongs to.
        what: String,
    } = "R903" => "项目{project}属于{what}，不能列入本方案" | "the project {project} belongs to {what} and not to this plan"
        => "请列入相应资金和年度的方案" | "put it into the plan of its own money and year";
    /// The place whose money it is is not named.
    PlaceMissing {
        /// The project.
        project: String,
    } = "R904" => "项目{project}没有写明使用哪个村的资金" | "the place whose money goes to {project} is not named"
        => "请逐村填列" | "give one line for each place";
    /// More than the money that may still be allotted.
    OverQuota {
        /// Wanted.
        wanted: Money,
        /// Left.
        left: Money,
    } = "R905" => "分配{wanted}元超过可分配余额{left}元" | "{wanted} is beyond the {left} that may still be allotted"
        => "请调减金额，或等新的资金下达" | "lower the amounts or wait for more money";
    /// The sources to be used are not named.
    SourceNotNamed {} = "R906" => "这项资金须指定使用哪一笔来源" | "the sources to be used must be named for this fund"
        => "请选择资金来源" | "choose the sources";
    /// The plan can no longer be changed.
    AllocationFixed {} = "R907" => "方案已进入后续环节，不能再修改" | "the plan has moved on and cannot be changed"
        => "需要修改的，由当前环节退回" | "let the present step return it";
    /// A figure of the computation is missing.
    FigureMissing {
        /// Of whom.
        who: String,
        /// Which.
        what: String,
    } = "R908" => "缺少{who}的“{what}”" | "the figure “{what}” of {who} is missing"
        => "请补填，没有的填0" | "enter it, 0 where there is none";
    /// Nobody has anything of a factor.
    FactorEmpty {
        /// The factor.
        what: String,
    } = "R909" => "因素“{what}”全部为0，无法按比例计算" | "the factor “{what}” is 0 for everybody"
        => "请核对数据" | "check the figures";
    /// The grade is not one of the regime.
    GradeUnknown {
        /// Of whom.
        who: String,
        /// The grade.
        grade: String,
    } = "R910" => "{who}的评价等次“{grade}”不在办法规定之内" | "the grade “{grade}” of {who} is not one of the rules"
        => "请选择规定的等次" | "choose a grade of the rules";
    /// The amount cannot be computed from what was given.
    DistributionUnusable {
        /// What is wrong.
        what: String,
        /// The same, in English.
        what_en: String,
    } = "R911" => "无法计算分配金额：{what}" | "the amounts cannot be computed: {what_en}"
        => "请核对后再计算" | "check and compute again";
    } };
}
