//! What can be wrong with a written amount, in the order in which it is looked for, with the words for it.

use crate::amount::AmountError;
use crate::explain::Words;
use std::ops::Range;

/// Why a text is not one exact amount. The order is the order of the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AmountFault {
    /// Nothing was written.
    Empty,
    /// Something in brackets: `10(其中,灾情因素6万元)`; also bookkeepers' `(500)`.
    Annotated,
    /// 约, 左右, 以上, 不超过 and the like.
    Approximate,
    /// A percentage.
    Percentage,
    /// Another currency.
    OtherCurrency,
    /// A number in Chinese words: 壹万元, 三千元.
    InWords,
    /// A spreadsheet's short form: `1.86E+05`.
    Scientific,
    /// From … to ….
    Span,
    /// No number where it should stand.
    NoNumber,
    /// More than one point, or a point without digits on both sides.
    Point,
    /// Commas that do not part groups of three digits.
    Grouping,
    /// Zeros in front: more likely a code than an amount.
    LeadingZero,
    /// A blank inside the number.
    Blank,
    /// Several numbers: `3万5千元`, `5元3角`.
    SeveralNumbers,
    /// A unit that is none of money's.
    UnknownUnit,
    /// Finer than one fen.
    FinerThanFen,
    /// More than can be held (about 92,233 万亿 yuan).
    OutOfRange,
}

const APPROXIMATE: [&str; 21] = [
    "大约",
    "约",
    "近",
    "左右",
    "上下",
    "余",
    "多",
    "以上",
    "以下",
    "以内",
    "不超过",
    "不低于",
    "不少于",
    "至少",
    "最多",
    "超过",
    "超",
    "大概",
    "估",
    "几",
    "数",
];
const CURRENCIES: [&str; 12] =
    ["美元", "美金", "港元", "港币", "欧元", "日元", "英镑", "澳元", "台币", "$", "€", "£"];
const SPANS: [&str; 7] = ["至", "到", "~", "〜", "—", "–", "…"];
const WORDS: &str = "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖拾佰仟";

/// Looks for marks that make any text unfit, whatever else it says.
pub(super) fn find_marks(chars: &[char]) -> Result<(), (Range<usize>, AmountFault)> {
    let checks: [(Option<Range<usize>>, AmountFault); 7] = [
        (brackets(chars), AmountFault::Annotated),
        (find_any(chars, &APPROXIMATE), AmountFault::Approximate),
        (percentage(chars), AmountFault::Percentage),
        (find_any(chars, &CURRENCIES), AmountFault::OtherCurrency),
        (in_words(chars), AmountFault::InWords),
        (scientific(chars), AmountFault::Scientific),
        (dash(chars).or_else(|| find_any(chars, &SPANS)), AmountFault::Span),
    ];
    match checks.into_iter().find_map(|(span, fault)| Some((span?, fault))) {
        Some(refusal) => Err(refusal),
        None => Ok(()),
    }
}

fn brackets(chars: &[char]) -> Option<Range<usize>> {
    let open = chars.iter().position(|c| matches!(c, '(' | '[' | '【' | '〔' | '{'))?;
    Some(open..chars.len())
}

fn percentage(chars: &[char]) -> Option<Range<usize>> {
    let sign = chars.iter().position(|c| matches!(c, '%' | '‰'))?;
    Some(0..sign + 1)
}

fn in_words(chars: &[char]) -> Option<Range<usize>> {
    let from = chars.iter().position(|c| WORDS.contains(*c))?;
    let word = |c: &&char| WORDS.contains(**c) || matches!(c, '百' | '千' | '万' | '亿');
    Some(from..from + chars[from..].iter().take_while(word).count())
}

/// A dash after a digit; before any it is a minus.
fn dash(chars: &[char]) -> Option<Range<usize>> {
    let digit = chars.iter().position(char::is_ascii_digit)?;
    let at = digit + chars[digit..].iter().position(|c| *c == '-')?;
    Some(at..at + 1)
}

fn find_any(chars: &[char], words: &[&str]) -> Option<Range<usize>> {
    let hit = |word: &&str| {
        let word: Vec<char> = word.chars().collect();
        chars.windows(word.len()).position(|window| window == word).map(|at| at..at + word.len())
    };
    words.iter().find_map(hit)
}

/// `digit e digit` or `digit e sign digit`.
fn scientific(chars: &[char]) -> Option<Range<usize>> {
    let e = chars.windows(3).position(|w| {
        w[0].is_ascii_digit()
            && matches!(w[1], 'e' | 'E')
            && (w[2].is_ascii_digit() || matches!(w[2], '+' | '-'))
    })?;
    Some(e + 1..chars.len())
}

impl AmountFault {
    const fn words(self) -> Words {
        let (zh, en, hint_zh, hint_en) = match self {
            Self::Empty => (
                "没有填写金额",
                "no amount was given",
                "请填写数字，例如 18605.00 或 20万元；没有就填 0",
                "write a number such as 18605.00 or 20万元; write 0 for nothing",
            ),
            Self::Annotated => (
                "金额里带有括号说明，看不出以哪个数为准",
                "the amount carries a note in brackets, so it is unclear which number counts",
                "一格只填一个数；其中多少请另列一栏，负数请用减号",
                "write one number; put parts of it in a column of their own, and a minus for a negative amount",
            ),
            Self::Approximate => (
                "这是约数，不是确定的金额",
                "this is an approximate amount",
                "请按凭证填写确切金额，去掉“约”“左右”“以上”等字",
                "write the exact amount from the voucher, without words like 约 (about)",
            ),
            Self::Percentage => (
                "这里要金额，填的是百分数",
                "this is a percentage where an amount is asked for",
                "请填写金额；比例填到比例栏",
                "write the amount here and the percentage in its own field",
            ),
            Self::OtherCurrency => (
                "不是人民币",
                "this is not in renminbi",
                "请按凭证折算成人民币元后填写",
                "convert it to yuan by the voucher",
            ),
            Self::InWords => (
                "金额写成了汉字",
                "the amount is written in words",
                "请改用阿拉伯数字，例如 18605.00",
                "use digits, for example 18605.00",
            ),
            Self::Scientific => (
                "电子表格把金额缩成了科学记数，可能已丢失尾数",
                "a spreadsheet shortened the amount, and digits may be lost",
                "请把单元格改为数值格式，核对后重新填写",
                "format the cell as a plain number, check it and enter it again",
            ),
            Self::Span => (
                "这是一个范围，不是一个金额",
                "this is a span, not one amount",
                "请填写一个确切的金额",
                "write one exact amount",
            ),
            Self::NoNumber => (
                "没有找到数字",
                "there is no number here",
                "请填写数字，例如 18605.00 或 20万元",
                "write a number such as 18605.00 or 20万元",
            ),
            Self::Point => (
                "小数点的写法不对",
                "the decimal point is out of place",
                "小数点只能有一个，前后都要有数字，例如 0.50",
                "one point with digits on both sides, for example 0.50",
            ),
            Self::Grouping => (
                "逗号没有三位一分，看不出是多少",
                "the commas do not part groups of three digits",
                "请核对后去掉逗号，或按三位一分书写，例如 18,605.00",
                "check it and drop the commas, or group by three, for example 18,605.00",
            ),
            Self::LeadingZero => (
                "数字以 0 开头，像是编号",
                "the number begins with zero and looks like a code",
                "如果是金额，请去掉前面的 0",
                "if it is an amount, drop the zeros in front",
            ),
            Self::Blank => (
                "数字中间有空格，看不出是一个数还是两个数",
                "a blank inside the number makes it one or two numbers",
                "请去掉空格，一格只填一个数",
                "drop the blank; one number a field",
            ),
            Self::SeveralNumbers => (
                "这里有不止一个数",
                "there is more than one number here",
                "一格只填一个数，例如 3.5万元",
                "write one number, for example 3.5万元",
            ),
            Self::UnknownUnit => (
                "看不懂数字后面的单位",
                "the unit after the number is not known",
                "单位只能是 元、千元、万元、百万元、千万元、亿元，或不写",
                "the unit is 元, 千元, 万元, 百万元, 千万元, 亿元 or none",
            ),
            Self::FinerThanFen => (
                "金额比一分还细",
                "the amount is finer than one fen",
                "请核对凭证：元最多两位小数，万元最多六位小数",
                "check the voucher: at most two decimals of 元, six of 万元",
            ),
            Self::OutOfRange => {
                ("金额太大", "the amount is too large", "请核对位数和单位", "check the digits and the unit")
            }
        };
        Words { zh, en, hint_zh, hint_en }
    }
}

crate::explain::explained!(AmountError, self => self.fault.words());
