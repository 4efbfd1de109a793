//! Every code that a pack can be refused with: what it means and how to mend it. The codes of the language (E001 to E029) are
//! listed beside `crate::lang::Code`; these are the ones of the pack's own form. A code is never reused.

mod life;

/// One code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeInfo {
    /// `E030`
    pub code: &'static str,
    /// Title in Chinese.
    pub title_zh: &'static str,
    /// Title in English.
    pub title_en: &'static str,
    /// What to do about it, in Chinese.
    pub mend_zh: &'static str,
    /// What to do about it, in English.
    pub mend_en: &'static str,
}

const fn code(
    code: &'static str,
    title_zh: &'static str,
    title_en: &'static str,
    mend_zh: &'static str,
    mend_en: &'static str,
) -> CodeInfo {
    CodeInfo { code, title_zh, title_en, mend_zh, mend_en }
}

/// All codes of packs, in order.
pub const CODES: &[CodeInfo] = &joined::<{ PLAIN.len() + life::CODES.len() }>(PLAIN, life::CODES);

const fn joined<const N: usize>(first: &[CodeInfo], then: &[CodeInfo]) -> [CodeInfo; N] {
    let mut all = [first[0]; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < first.len() { first[at] } else { then[at - first.len()] };
        at += 1;
    }
    all
}

/// Of the text, its elements, forms, rules and money.
const PLAIN: &[CodeInfo] = &[
    code(
        "E030",
        "标题里没有条号",
        "heading without a number",
        "二级标题以“第几条”“附件几”或节号开头。",
        "Begin a second-level heading with an article, annex or section number.",
    ),
    code(
        "E031",
        "TOML 格式错误",
        "TOML syntax",
        "检查引号、括号和等号是否成对。",
        "Look for a missing quote, bracket or equals sign.",
    ),
    code(
        "E032",
        "不认识的键",
        "unknown key",
        "改成提示的键，或删去。",
        "Use the key suggested, or remove it.",
    ),
    code(
        "E033",
        "值的类型不对",
        "wrong type of value",
        "按标注写成文字、整数、是否、日期、列表或表。",
        "Write a text, an integer, true or false, a date, a list or a table as asked.",
    ),
    code("E034", "缺少必写的键", "missing key", "补上所缺的键。", "Add the key."),
    code(
        "E035",
        "引用的条不存在",
        "no such article",
        "写本办法里有的条号或附件号。",
        "Cite an article or annex of this text.",
    ),
    code(
        "E036",
        "引用的项不存在",
        "no such item",
        "写这一条之下文字列出的项。",
        "Cite an item that the words of the article list.",
    ),
    code(
        "E037",
        "没有条文依据",
        "nothing to rest on",
        "移到它所依据的那一条标题之下。",
        "Move it under the article that it rests on.",
    ),
    code(
        "E038",
        "重复定义",
        "defined twice",
        "删去一处，或改用另一个名称。",
        "Remove one of the two, or give it another name.",
    ),
    code(
        "E039",
        "这一条什么也没有说明",
        "an article without anything",
        "写出它变成了什么，或者写 declares 说明为什么不计算。",
        "Write what it becomes, or why it computes nothing.",
    ),
    code(
        "E040",
        "没有列出这个名称",
        "a name that is not listed",
        "改成已列出的名称，或先定义它。",
        "Use a listed name, or define this one.",
    ),
    code(
        "E041",
        "不在可写的词之内",
        "not one of the words allowed",
        "从提示的词中选一个。",
        "Choose one of the words suggested.",
    ),
    code(
        "E042",
        "条数与正文不符",
        "the number of articles differs",
        "补上缺少的条，或改正写明的条数。",
        "Add the missing article, or correct the number.",
    ),
    code(
        "E043",
        "表没有写全各类",
        "a table that does not cover its enum",
        "给每一类写一个值。",
        "Give each member a value.",
    ),
    code(
        "E044",
        "版本没有覆盖施行期",
        "versions that do not cover the time in force",
        "版本从施行之日起，依次相接，不重叠。",
        "Let versions begin with the time in force and follow each other.",
    ),
    code(
        "E045",
        "看不懂期限",
        "not a term",
        "写数和单位：10个工作日、3个月、1年。",
        "Write a number and a unit.",
    ),
    code(
        "E046",
        "看不懂值",
        "not a value",
        "按标注的类型和单位写。",
        "Write it in the type and unit asked for.",
    ),
    code(
        "E047",
        "没有此行政区划代码",
        "no such division",
        "写 GB/T 2260 的代码。",
        "Write a code of GB/T 2260.",
    ),
    code(
        "E048",
        "不能作名称",
        "not a name",
        "用小写字母、数字和下划线。",
        "Use lower-case letters, digits and `_`.",
    ),
    code("E049", "类型不能这样用", "a type that cannot stand here", "换成可用的类型。", "Use another type."),
    code(
        "E050",
        "步骤走不到",
        "a step that nothing reaches",
        "改正 after，让它接在走得到的步骤之后。",
        "Let it follow a step that is reached.",
    ),
    code(
        "E051",
        "转圈没有出口",
        "a loop without a way out",
        "让其中一步有通过或终结的结果。",
        "Give one step a passing or ending outcome.",
    ),
    code(
        "E052",
        "期限没有起算的事件",
        "a deadline without a start",
        "写 from，指明从哪一步的哪个日期起算。",
        "Write `from`: the step and date that start it.",
    ),
    code(
        "E053",
        "没有这个结果",
        "no such outcome",
        "写前一步能往下走的结果。",
        "Name a passing outcome of the step before.",
    ),
    code(
        "E054",
        "与事实的类型对不上",
        "a fact of another type",
        "换一个类型相同的栏目或事实。",
        "Use a field or fact of the same type.",
    ),
    code(
        "E055",
        "台账事实没有写统计什么",
        "a ledger fact that counts nothing",
        "写 count。",
        "Write `count`.",
    ),
    code(
        "E056",
        "资金既没有上限也没有来源",
        "a fund with neither ceiling nor sources",
        "写 ceiling 或 sources。",
        "Write `ceiling` or `sources`.",
    ),
    code(
        "E057",
        "不能退回到后面的步骤",
        "a return that leads forward",
        "退回到前面的步骤。",
        "Return to an earlier step.",
    ),
    code(
        "E058",
        "突破的不是资助限额",
        "no limit of the amount",
        "in_principle 只写资助算式里的标准。",
        "Name parameters of the amount only.",
    ),
    code(
        "E059",
        "上限的类型不同",
        "a limit of another type",
        "上限要与本标准类型相同、按同一类别取值。",
        "A limit has the same type and the same table.",
    ),
    code(
        "E060",
        "案例的预期不对",
        "a case came out otherwise",
        "改正预期，或改正规则。",
        "Correct the expectation, or the rule.",
    ),
    code(
        "E061",
        "规则没有只因它被拒的案例",
        "a rule without a case of its own",
        "加一个只因它被拒的案例。",
        "Add a case refused by it alone.",
    ),
    code(
        "E062",
        "标准没有两边的案例",
        "a threshold without a case on both sides",
        "加一个正好达到的和一个差一点的案例。",
        "Add a case that just reaches it and one that just fails.",
    ),
    code(
        "E063",
        "改变的日期没有两边的案例",
        "a date without a case on both sides",
        "用 as_of 写出前后各一个案例。",
        "Add a case before and one after, with `as_of`.",
    ),
    code(
        "E064",
        "案例无从参照",
        "a case like nothing",
        "参照已有的案例，不要互相参照。",
        "Refer to an existing case, not in a circle.",
    ),
    code(
        "E065",
        "数超出范围",
        "a number out of range",
        "写范围之内的数。",
        "Write a number within the range.",
    ),
    code(
        "E067",
        "写了却没有步骤用到",
        "never used by a step",
        "在某一步写上它，或者删去。",
        "Name it in a step, or remove it.",
    ),
    code(
        "E068",
        "各方份额合计不是全部",
        "shares that do not come to the whole",
        "改正各方的 share，使合计为 1。",
        "Correct the shares so that they sum to 1.",
    ),
    code(
        "E069",
        "零头归属不唯一",
        "not exactly one odd side",
        "只在一方写 odd = true。",
        "Write `odd = true` at exactly one side.",
    ),
    code(
        "E070",
        "各因素权重合计不是 100%",
        "weights that do not sum to 100%",
        "改正各因素的 weight，使合计为 100%。",
        "Correct the weights so that they sum to 100%.",
    ),
    code(
        "E071",
        "资金的划分里没有这一方",
        "a side that the fund's split does not have",
        "写该资金 split 里的一方，或给资金写 split。",
        "Name a side of the fund's split, or give the fund a `split`.",
    ),
    code(
        "E072",
        "看不懂比例",
        "not a usable ratio",
        "写 1/2 或 40%，在允许的范围之内。",
        "Write 1/2 or 40%, within the range allowed.",
    ),
    code(
        "E073",
        "只用于不得列支的方向",
        "only for a prohibited direction",
        "删去 words 和 except，或写 kind = \"prohibited\"。",
        "Remove `words` and `except`, or write kind = \"prohibited\".",
    ),
    code(
        "E074",
        "只有花名册限定支出性质",
        "natures on a voucher that is no list",
        "删去 natures，或写 kind = \"list\"。",
        "Remove `natures`, or write kind = \"list\".",
    ),
    code(
        "E075",
        "资金的程序缺少步骤",
        "a money procedure lacks an act",
        "补上缺少的程序或步骤。",
        "Add the procedure or the steps that are missing.",
    ),
    code(
        "E076",
        "同一对象有两个程序",
        "two procedures on one subject of money",
        "并成一个程序。",
        "Make them one procedure.",
    ),
    code(
        "E077",
        "收了写明不收的来源",
        "a fund that takes a refused source",
        "从资金的 sources 里删去它，或删去 refused。",
        "Take it out of `sources`, or remove `refused`.",
    ),
    code(
        "E078",
        "有资金没有人办理",
        "a fund that nobody serves",
        "在步骤的 funds 里加上这笔资金，或为它另写一步。",
        "Name the fund in `funds` of a step, or give it a step of its own.",
    ),
];
