//! Tokens to a syntax tree. On an error the parser notes it, leaves a gap in the tree and goes on, so that the checker
//! can still find every other fault of the text.

use super::error::{Code, LangError};
use super::token::{Cmp, Token, tokens};
use std::ops::Range;

/// A tree with the bytes of every part.
#[derive(Debug)]
pub(crate) struct Ast {
    pub kind: Kind,
    pub span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Add,
    Sub,
    Mul,
    Div,
}

#[derive(Debug)]
pub(crate) enum Kind {
    /// A gap that an error was already reported for.
    Gap,
    Name,
    Literal,
    Truth(bool),
    Not(Box<Ast>),
    And(Box<Ast>, Box<Ast>),
    Or(Box<Ast>, Box<Ast>),
    Compare(Cmp, Box<Ast>, Box<Ast>),
    In(Box<Ast>, Box<Ast>),
    Arithmetic(Arithmetic, Box<Ast>, Box<Ast>),
    Negate(Box<Ast>),
    Least(Vec<Ast>),
    Most(Vec<Ast>),
    If(Box<Ast>, Box<Ast>, Box<Ast>),
    Index(Box<Ast>, Box<Ast>),
}

/// Brackets within each other.
const DEPTH: usize = 64;
/// Operators of one expression; bounds the depth of a tree that leans to the left.
const OPERATORS: usize = 400;

/// Parses a whole text; the tree is usable (with gaps) also when there are errors.
pub(crate) fn parse(src: &str) -> (Ast, Vec<LangError>) {
    let (tokens, errors) = tokens(src);
    let mut parser = Parser { src, tokens, at: 0, depth: 0, operators: 0, errors, stuck: None };
    let ast = parser.expression();
    if parser.peek() != Token::End {
        parser.unexpected("表达式在此之前已经完整", "the expression was complete before this");
    }
    (ast, parser.errors)
}

struct Parser<'a> {
    src: &'a str,
    tokens: Vec<(Token, Range<usize>)>,
    at: usize,
    depth: usize,
    operators: usize,
    errors: Vec<LangError>,
    /// The token that an error was reported at: one error for one place.
    stuck: Option<usize>,
}

impl Parser<'_> {
    fn peek(&self) -> Token {
        self.tokens[self.at].0
    }

    fn span(&self) -> Range<usize> {
        self.tokens[self.at].1.clone()
    }

    fn next(&mut self) -> Range<usize> {
        let span = self.span();
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        span
    }

    fn eat(&mut self, token: Token) -> bool {
        let found = self.peek() == token;
        if found {
            self.next();
        }
        found
    }

    fn report(&mut self, error: LangError) {
        if self.stuck != Some(self.at) {
            self.stuck = Some(self.at);
            self.errors.push(error);
        }
    }

    fn unexpected(&mut self, zh: &str, en: &str) {
        let span = self.span();
        let error = if self.peek() == Token::End {
            LangError::new(
                Code::UnexpectedEnd,
                span,
                format!("表达式不完整：{zh}"),
                format!("incomplete: {en}"),
            )
        } else if matches!(self.peek(), Token::Close | Token::CloseIndex) {
            let word = &self.src[span.clone()];
            LangError::new(
                Code::UnclosedBracket,
                span.clone(),
                format!("`{word}` 没有与之配对的括号"),
                format!("`{word}` closes nothing"),
            )
        } else {
            let word = &self.src[span.clone()];
            LangError::new(
                Code::UnexpectedToken,
                span.clone(),
                format!("此处不应出现 `{word}`：{zh}"),
                format!("unexpected `{word}`: {en}"),
            )
        };
        self.report(error);
    }

    fn close(&mut self, open: Range<usize>, token: Token, sign: &str) -> usize {
        if self.peek() == token {
            return self.next().end;
        }
        let end = self.span().start.max(open.end);
        let error = LangError::new(
            Code::UnclosedBracket,
            open,
            format!("括号没有配对的 `{sign}`"),
            format!("this bracket has no `{sign}`"),
        );
        self.report(error);
        end
    }

    fn gap(&self) -> Ast {
        let at = self.span().start;
        Ast { kind: Kind::Gap, span: at..at }
    }

    fn too_many(&mut self) -> bool {
        self.operators += 1;
        let over = self.operators > OPERATORS;
        if over {
            self.too_deep();
        }
        over
    }

    fn too_deep(&mut self) {
        let span = self.span();
        let error = LangError::new(
            Code::TooDeep,
            span,
            "表达式过长或嵌套过深",
            "the expression is too long or too deep",
        );
        self.report(error.hint("请拆成几条规则", "split it into several rules"));
        self.at = self.tokens.len() - 1;
        self.stuck = Some(self.at);
    }

    fn expression(&mut self) -> Ast {
        if self.depth >= DEPTH {
            self.too_deep();
            return self.gap();
        }
        self.depth += 1;
        let ast = self.or();
        self.depth -= 1;
        ast
    }

    fn or(&mut self) -> Ast {
        let mut left = self.and();
        while self.peek() == Token::Or && !self.too_many() {
            self.next();
            let right = self.and();
            left = join(Kind::Or, left, right);
        }
        left
    }

    fn and(&mut self) -> Ast {
        let mut left = self.not();
        while self.peek() == Token::And && !self.too_many() {
            self.next();
            let right = self.not();
            left = join(Kind::And, left, right);
        }
        left
    }

    fn not(&mut self) -> Ast {
        if self.peek() != Token::Not {
            return self.comparison();
        }
        if self.too_many() {
            return self.gap();
        }
        let start = self.next().start;
        let inner = self.not();
        let span = start..inner.span.end;
        Ast { kind: Kind::Not(Box::new(inner)), span }
    }

    fn comparison(&mut self) -> Ast {
        let left = self.sum();
        let mut ast = match self.comparing(left) {
            Ok(ast) => ast,
            Err(ast) => return ast,
        };
        while matches!(self.peek(), Token::Compare(_) | Token::In) && !self.too_many() {
            let span = self.span();
            let error = LangError::new(
                Code::ChainedComparison,
                span,
                "比较不能连写",
                "comparisons cannot be chained",
            );
            self.report(error.hint("请用 and 连接两个比较", "join two comparisons with `and`"));
            ast = match self.comparing(ast) {
                Ok(chained) | Err(chained) => Ast { kind: Kind::Gap, span: chained.span },
            };
        }
        ast
    }

    /// One comparison after `left`; `Err` gives `left` back when there is none.
    fn comparing(&mut self, left: Ast) -> Result<Ast, Ast> {
        match self.peek() {
            Token::Compare(cmp) => {
                self.next();
                let right = self.sum();
                Ok(join(|l, r| Kind::Compare(cmp, l, r), left, right))
            }
            Token::In => {
                self.next();
                let right = self.sum();
                Ok(join(Kind::In, left, right))
            }
            _ => Err(left),
        }
    }

    fn sum(&mut self) -> Ast {
        let mut left = self.product();
        loop {
            let op = match self.peek() {
                Token::Plus => Arithmetic::Add,
                Token::Minus => Arithmetic::Sub,
                _ => return left,
            };
            if self.too_many() {
                return left;
            }
            self.next();
            let right = self.product();
            left = join(|l, r| Kind::Arithmetic(op, l, r), left, right);
        }
    }

    fn product(&mut self) -> Ast {
        let mut left = self.unary();
        loop {
            let op = match self.peek() {
                Token::Times => Arithmetic::Mul,
                Token::Divide => Arithmetic::Div,
                _ => return left,
            };
            if self.too_many() {
                return left;
            }
            self.next();
            let right = self.unary();
            left = join(|l, r| Kind::Arithmetic(op, l, r), left, right);
        }
    }

    fn unary(&mut self) -> Ast {
        if self.peek() != Token::Minus {
            return self.postfix();
        }
        if self.too_many() {
            return self.gap();
        }
        let start = self.next().start;
        let inner = self.unary();
        let span = start..inner.span.end;
        Ast { kind: Kind::Negate(Box::new(inner)), span }
    }

    fn postfix(&mut self) -> Ast {
        let mut ast = self.primary();
        while self.peek() == Token::OpenIndex && !self.too_many() {
            let open = self.next();
            let index = self.expression();
            let end = self.close(open, Token::CloseIndex, "]");
            let span = ast.span.start..end;
            ast = Ast { kind: Kind::Index(Box::new(ast), Box::new(index)), span };
        }
        ast
    }

    fn primary(&mut self) -> Ast {
        let kind = match self.peek() {
            Token::Name => Kind::Name,
            Token::Literal => Kind::Literal,
            Token::True => Kind::Truth(true),
            Token::False => Kind::Truth(false),
            Token::Open => return self.bracketed(),
            Token::Min => return self.call(Kind::Least),
            Token::Max => return self.call(Kind::Most),
            Token::If => return self.branch(),
            _ => {
                self.unexpected("缺少一个数值或名称", "a value or a name is missing");
                return self.gap();
            }
        };
        Ast { kind, span: self.next() }
    }

    fn bracketed(&mut self) -> Ast {
        let open = self.next();
        let inner = self.expression();
        let end = self.close(open.clone(), Token::Close, ")");
        // A name or literal is read from its own bytes, so those keep their span.
        let own = matches!(inner.kind, Kind::Name | Kind::Literal);
        Ast { span: if own { inner.span } else { open.start..end }, kind: inner.kind }
    }

    fn call(&mut self, make: fn(Vec<Ast>) -> Kind) -> Ast {
        let start = self.next().start;
        if self.peek() != Token::Open {
            self.unexpected("min 与 max 之后须有括号", "`min` and `max` take brackets");
            return self.gap();
        }
        let open = self.next();
        let mut of = vec![self.expression()];
        while self.eat(Token::Comma) && !self.too_many() {
            of.push(self.expression());
        }
        let end = self.close(open, Token::Close, ")");
        Ast { kind: make(of), span: start..end }
    }

    fn branch(&mut self) -> Ast {
        let start = self.next().start;
        let condition = self.expression();
        if !self.eat(Token::Then) {
            self.unexpected("if 之后须有 then", "`if` takes `then`");
        }
        let yes = self.expression();
        if !self.eat(Token::Else) {
            self.unexpected("then 之后须有 else", "`then` takes `else`");
        }
        let no = self.expression();
        let span = start..no.span.end;
        Ast { kind: Kind::If(Box::new(condition), Box::new(yes), Box::new(no)), span }
    }
}

fn join(make: impl FnOnce(Box<Ast>, Box<Ast>) -> Kind, left: Ast, right: Ast) -> Ast {
    let span = left.span.start..right.span.end.max(left.span.end);
    Ast { kind: make(Box::new(left), Box::new(right)), span }
}
