//! The stable codes of language errors and what an error carries. A code is never reused. Pack errors (E030 and up)
//! belong to the pack reader. Placing an error in a file and drawing the caret is the pack reader's business too:
//! here a span is a range of bytes within the expression's own text.

use std::fmt;
use std::ops::Range;

macro_rules! codes {
    ($($(#[$doc:meta])+ $name:ident = $number:literal, $zh:literal, $en:literal;)+) => {
        /// The code of a language error. The documentation of each says what it means, shows an example and the mend.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])+ $name,)+
        }

        impl Code {
            /// Every code, in the order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The code as it is printed: `E016`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $number,)+ }
            }

            /// What the code stands for, in Chinese.
            pub const fn title_zh(self) -> &'static str {
                match self { $(Self::$name => $zh,)+ }
            }

            /// What the code stands for, in English.
            pub const fn title_en(self) -> &'static str {
                match self { $(Self::$name => $en,)+ }
            }
        }
    };
}

codes! {
    /// A character that the language does not know.
    ///
    /// Example: `share ≥ 30%`. Mend: write `>=`; the message names the spelling when there is one.
    UnexpectedCharacter = "E001", "不认识的字符", "unexpected character";
    /// A word or sign where something else was expected.
    ///
    /// Example: `share >= >= 30%`. Mend: remove or complete what the message names.
    UnexpectedToken = "E002", "此处不应出现", "unexpected token";
    /// A bracket without its partner.
    ///
    /// Example: `min(cap, paid`. Mend: close it, or remove the one that closes nothing.
    UnclosedBracket = "E003", "括号不配对", "unclosed bracket";
    /// Comparisons in a chain.
    ///
    /// Example: `0% < share < 30%`. Mend: `share > 0% and share < 30%`.
    ChainedComparison = "E004", "比较不能连写", "chained comparison";
    /// A literal that cannot be read.
    ///
    /// Example: `2019-02-30` or `12.5.3元`. Mend: write it as the message shows.
    BadLiteral = "E005", "无法识别的数值", "bad literal";
    /// The text ends too soon, or is empty.
    ///
    /// Example: `share >=`. Mend: complete it.
    UnexpectedEnd = "E006", "表达式不完整", "unexpected end";
    /// A number with a unit that nothing defines.
    ///
    /// Example: `50位`. Mend: use a unit of the pack (人, 户, 次, 村, 家) or define it under `[units]`.
    UnknownUnit = "E007", "不认识的单位", "unknown unit";
    /// Nested deeper than anyone can read.
    ///
    /// Example: more than 64 brackets within each other. Mend: split the rule.
    TooDeep = "E008", "嵌套过深", "nested too deeply";
    /// A name that nothing defines.
    ///
    /// Example: `shrae >= 30%`. Mend: the message suggests the nearest name.
    UnknownName = "E010", "名称没有定义", "unknown name";
    /// An enum member that several enums have, where nothing says which is meant.
    ///
    /// Example: `min(other, other)`. Mend: compare it with a fact of its enum.
    AmbiguousMember = "E011", "枚举值属于多个枚举", "ambiguous enum member";
    /// Look-up in something that is not a table.
    ///
    /// Example: `min_share[mode]` where `min_share` is one value. Mend: leave `[mode]` out.
    NotATable = "E012", "不是按类别取值的表", "not a table";
    /// A table used without saying which entry.
    ///
    /// Example: `paid >= min_invest`. Mend: `min_invest[mode]`.
    TableWithoutIndex = "E013", "表须指明取哪一项", "table without index";
    /// A table looked up by the wrong enum.
    ///
    /// Example: `cap[stage]` where `cap` is a table by `mode`. Mend: index it by its own enum.
    WrongIndex = "E014", "表的下标不对", "wrong index";
    /// Operands that this operator does not take.
    ///
    /// Example: `county + 1`. Mend: the message says what it takes.
    WrongOperand = "E015", "运算对象不对", "wrong operand";
    /// Two sides whose units differ.
    ///
    /// Example: `share >= min_paid` (a ratio and money). Mend: compare like with like.
    UnitMismatch = "E016", "两边单位不同", "units differ";
    /// A bare number beside something that has a unit.
    ///
    /// Example: `staff >= 50`. Mend: write the unit, `50人`.
    BareNumber = "E017", "数字缺少单位", "number without a unit";
    /// Something that is not yes or no where a condition stands.
    ///
    /// Example: `share and new_company`. Mend: compare it, `share >= 30% and new_company`.
    NotACondition = "E018", "此处须为条件", "not a condition";
    /// A number finer than its smallest unit.
    ///
    /// Example: `100.001元` or `50.5人`. Mend: write whole fen, whole persons.
    TooFine = "E019", "小于最小单位", "finer than the smallest unit";
    /// A division code that is not in the gazetteer.
    ///
    /// Example: `county == 632399`. Mend: write a code of GB/T 2260.
    UnknownRegion = "E020", "没有此行政区划代码", "unknown region code";
    /// A name that is not a member of the enum it stands beside.
    ///
    /// Example: `mode == projekt`. Mend: the message lists the members.
    NotAMember = "E021", "不是该枚举的值", "not a member of the enum";
    /// The whole expression has another type than its place asks for.
    ///
    /// Example: a rule `need = "share"`. Mend: the message says what is asked for.
    WrongResult = "E022", "结果类型不符", "wrong type of the whole";
    /// A quotient where a value is needed.
    ///
    /// Example: `amount = "total / staff"`. Mend: compare it, or multiply it.
    QuotientAsValue = "E023", "除法结果不能直接作数值", "quotient used as a value";
    /// Arithmetic in working days, which needs a calendar.
    ///
    /// Example: `apply_on + 10个工作日`. Mend: state a deadline in a procedure; here use 日, 月 or 年.
    WorkdayArithmetic = "E024", "工作日不能直接加减", "arithmetic in working days";
    /// A set of places used as anything but the right side of `in`.
    ///
    /// Example: `areas == county`. Mend: `county in areas`.
    RegionSetAsValue = "E025", "地区范围只能用于 in 之后", "region set used as a value";
    /// The two branches of `if` have different types.
    ///
    /// Example: `if new_company then 30% else 100万元`. Mend: give both the same type.
    BranchesDiffer = "E026", "两个分支类型不同", "branches differ";
    /// A literal division by zero.
    ///
    /// Example: `staff / 0`. Mend: divide by something that can be other than zero.
    DividesByZero = "E027", "除数为零", "divides by zero";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The other definition that an error is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SymbolRef {
    /// The name as it is written in expressions.
    pub name: String,
    /// The caller's own mark of the place where it is defined, as given to the [`super::Env`].
    pub tag: u32,
    /// What it is, in Chinese ("`min_paid` 在这里定义为金额").
    pub note_zh: String,
    /// What it is, in English.
    pub note_en: String,
}

/// One error of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LangError {
    /// The stable code.
    pub code: Code,
    /// The bytes of the expression's text that it is about; empty only at the end of the text.
    pub span: Range<usize>,
    /// What is wrong, in Chinese.
    pub message_zh: String,
    /// What is wrong, in English.
    pub message_en: String,
    /// The definition that it conflicts with.
    pub related: Option<SymbolRef>,
    /// How to mend it, in Chinese.
    pub hint_zh: Option<String>,
    /// How to mend it, in English.
    pub hint_en: Option<String>,
}

impl LangError {
    pub(crate) fn new(code: Code, span: Range<usize>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            code,
            span,
            message_zh: zh.into(),
            message_en: en.into(),
            related: None,
            hint_zh: None,
            hint_en: None,
        }
    }

    pub(crate) fn hint(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        (self.hint_zh, self.hint_en) = (Some(zh.into()), Some(en.into()));
        self
    }

    pub(crate) fn related(mut self, related: Option<SymbolRef>) -> Self {
        self.related = related;
        self
    }
}

impl fmt::Display for LangError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message_en)
    }
}

impl std::error::Error for LangError {}
