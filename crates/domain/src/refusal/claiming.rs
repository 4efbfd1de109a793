//! Refusals about booked money when it is claimed and paid: claims (R92x, R93x) and payment batches (R95x).

/// Adds its reasons behind those given and hands all of them on.
macro_rules! with_claiming {
    ($($before:tt)*) => { with_living! { $($before)*
    /// The claim has no bills.
    ClaimEmpty {} = "R921" => "没有填写报账明细" | "the claim has no bills"
        => "请逐张填写票据" | "enter the bills";
    /// The project has no such budget line.
    BudgetLineUnknown {
        /// The bill.
        line: String,
    } = "R922" => "第{line}张票据对应的预算项不在项目预算中" | "bill {line} names no budget line of the project"
        => "请选择项目预算中的预算项" | "choose a line of the budget";
    /// This kind of voucher does not prove such a payment.
    VoucherNotAllowed {
        /// The bill.
        line: String,
        /// The kind of voucher.
        voucher: String,
    } = "R923" => "第{line}张：“{voucher}”不能用于这项支出" | "bill {line}: “{voucher}” does not prove such a payment"
        => "请使用规定的凭证，一般应为税务发票" | "use the voucher that the rules ask for, normally a tax invoice";
    /// The code or number of an invoice is missing.
    InvoiceNumberMissing {
        /// The bill.
        line: String,
    } = "R924" => "第{line}张发票没有填写号码" | "the number of invoice {line} is missing"
        => "请按发票填写代码和号码" | "copy code and number from the invoice";
    /// An invoice stands in the claim twice.
    InvoiceTwice {
        /// The invoice.
        number: String,
    } = "R925" => "发票{number}在本次报账中重复" | "the invoice {number} stands twice in this claim"
        => "请删去重复的一张" | "take one out";
    /// The invoice was used in another claim.
    InvoiceUsed {
        /// The invoice.
        number: String,
        /// The claim.
        claim: String,
    } = "R926" => "发票{number}已在{claim}中使用" | "the invoice {number} was used in {claim}"
        => "请核对发票；一张发票只能报一次" | "check it; an invoice is used once";
    /// The payee is not a party to a contract of the project.
    PayeeNotParty {
        /// The bill.
        line: String,
    } = "R927" => "第{line}张：收款人不是本项目合同的签订方" | "bill {line}: the payee is not a party to a contract of this project"
        => "请选择合同对方，或先登记合同" | "choose a contract party or record the contract first";
    /// Papers to the voucher are missing.
    AttachmentsMissing {
        /// The bill.
        line: String,
    } = "R928" => "第{line}张没有附件" | "bill {line} has no papers attached"
        => "请上传票据影像和相关附件" | "attach the papers";
    /// The list does not add up to the amount.
    ListDiffers {
        /// The list.
        total: Money,
        /// The amount.
        amount: Money,
    } = "R929" => "花名册合计{total}元与报账金额{amount}元不一致" | "the list adds up to {total}, the bill says {amount}"
        => "请核对花名册" | "check the list";
    /// More than the budget line leaves.
    OverBudgetLine {
        /// The line.
        line: String,
        /// Wanted.
        wanted: Money,
        /// Left.
        left: Money,
    } = "R930" => "预算项“{line}”只剩{left}元，本次{wanted}元" | "“{line}” has {left} left; this asks for {wanted}"
        => "请减少金额；确需增加的，先办理项目预算变更" | "ask for less, or have the budget of the project changed first";
    /// More than the contract leaves.
    OverContract {
        /// The party.
        party: String,
        /// Wanted.
        wanted: Money,
        /// Left.
        left: Money,
    } = "R931" => "与“{party}”的合同可付余额{left}元，本次{wanted}元" | "the contract with “{party}” leaves {left}; this asks for {wanted}"
        => "请核对进度；质量保证金在期满后另报" | "check the progress; retention money is claimed at the end";
    /// More than the money that the project was given.
    OverAllotted {
        /// Wanted.
        wanted: Money,
        /// Left.
        left: Money,
    } = "R932" => "本次{wanted}元超过项目可用资金{left}元" | "{wanted} is beyond the {left} that the project may use"
        => "请减少金额，或等资金分配后再报" | "ask for less or wait for an allocation";
    /// Nothing was allowed.
    NothingApproved {} = "R933" => "核定金额合计为0" | "nothing is allowed"
        => "不同意的，请退回或不予报账" | "return or refuse the claim instead";
    /// Payments of the claim are on their way or done.
    ClaimBeingPaid {
        /// The claim.
        claim: String,
    } = "R934" => "{claim}已经列入支付或已支付，不能撤回" | "payments of {claim} are on their way or done"
        => "请先撤出支付批次；已支付的办理追回" | "take them out of the batch, or recover what was paid";
    /// The batch has no payments.
    BatchEmpty {} = "R951" => "支付批次没有款项" | "the batch has no payments"
        => "请选择已审定的报账" | "choose approved claims";
    /// The payment is not approved, is in another batch, or is done.
    ShareNotDue {
        /// The claim.
        claim: String,
    } = "R952" => "{claim}的这笔款项未审定、已在其他批次或已支付" | "this payment of {claim} is not approved, in another batch, or done"
        => "请刷新待支付清单" | "open the list of due payments again";
    /// A bank line about this payment is not settled.
    PaymentUnclear {
        /// The claim.
        claim: String,
    } = "R953" => "{claim}的这笔款项有待核清的银行回单，暂不能再次支付" | "a bank line about this payment of {claim} is not settled"
        => "请先核清回单，防止重复支付" | "settle it first, or it may be paid twice";
    /// A claim of another fund.
    ClaimOfOtherFund {
        /// The claim.
        claim: String,
    } = "R954" => "{claim}不属于这项资金" | "{claim} is not of this fund"
        => "不同资金分别生成批次" | "make one batch for each fund";
    /// The account of the payee is not known.
    AccountMissing {
        /// The payee.
        payee: String,
    } = "R955" => "没有登记“{payee}”的收款账户" | "the account of “{payee}” is not recorded"
        => "请在合同或名册中登记账户" | "record the account";
    /// The cash of a source has not arrived.
    CashMissing {
        /// Which sources.
        sources: String,
        /// How much is missing in all.
        short: Money,
    } = "R956" => "账上现金不足，缺{short}元（{sources}）" | "{short} of cash is missing ({sources})"
        => "请等资金到账，或减少本批款项" | "wait for the cash or pay fewer claims";
    /// Another file of this batch was released.
    FileReleased {} = "R957" => "本批次的支付文件已经发出，内容与本次不同" | "a file of this batch was released with other contents"
        => "请使用已发出的文件；不得重新生成" | "use the file that was released";
    /// The file was not released yet.
    FileNotReleased {} = "R958" => "支付文件尚未复核发出，不能登记银行结果" | "the file was not released; there can be no bank result"
        => "请先复核发出" | "release it first";
    /// The payment has its result.
    PaymentSettled {
        /// The payment.
        line: String,
    } = "R959" => "第{line}笔已有支付结果" | "payment {line} has its result"
        => "已支付的需要退回，请办理追回" | "recover the money if it was paid";
    /// The bank line was settled or is not there.
    UnclearSettled {} = "R960" => "该银行回单已经核清，或者不存在" | "this bank line was settled, or does not exist"
        => "请重新打开对账清单" | "open the reconciliation again";
    } };
}
