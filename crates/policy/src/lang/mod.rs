//! The expression language: typed, unit-aware, total. A text becomes nodes in an arena or a list of all its errors;
//! nodes are evaluated to known or unknown, never to a guess.
//!
//! What is deliberately absent: strings, floats, loops, functions of the user's own, calls to the outside, a clock.
//!
//! ```
//! use policy::lang::{Env, FactDef, Bilingual, Type, Want, compile};
//! let mut env = Env::default();
//! let person = env.unit_named("人").ok_or("no such unit")?;
//! env.fact(FactDef { id: "staff".into(), name: Bilingual::new("用工", "staff"), ty: Type::Count(person), tag: 0 })?;
//! assert!(compile("staff >= 50人", &env, Want::Bool).is_ok());
//! let errors = compile("staff >= 50", &env, Want::Bool).err().ok_or("compiled")?;
//! assert_eq!(errors[0].code.as_str(), "E017");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub(crate) mod arith;
mod check;
mod describe;
mod env;
mod error;
mod eval;
pub(crate) mod literal;
pub(crate) mod node;
mod operators;
mod parse;
mod refusals;
pub(crate) mod regions;
pub(crate) mod slot;
mod suggest;
mod symbols;
mod syntax;
mod token;
mod types;

pub use check::Want;
pub use env::{Env, RESERVED, Symbol};
pub use error::{Code, LangError, SymbolRef};
pub use eval::{Cause, Expr, Outcome, Scope, compile, eval};
pub use parse::{ValueError, parse_type, parse_value};
pub use regions::{RegionSet, is_known};
pub use slot::Causes;
pub use symbols::{DefineError, EnumDef, FactDef, Member, ParamDef, RoundTo, Shape, Unit};
pub use token::Cmp;
pub use types::{Bilingual, EnumId, FactId, ParamId, Type, UnitId, Value};

pub(crate) use check::compile_into;
pub(crate) use eval::{Resolved, Values, is_storable, missing_of, step, walk};
pub(crate) use suggest::nearest;
