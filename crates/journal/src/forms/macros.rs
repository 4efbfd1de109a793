//! Three small macros that keep a form and its two conversions in one place: the field names below are the stored keys.
//!
//! `shape!` declares the stored struct alone, `form!` a struct with its way to a core struct and back, `events!` all
//! events of a slice. Every field of the core must be named: a new event or field does not compile until it has a form.

/// The stored struct: unknown keys are refused, optional ones are left out when blank.
macro_rules! shape {
    ($(#[$doc:meta])* $form:ident { $($must:ident: $must_ty:ty),* $(,)? }
     $(optional { $($may:ident: $may_ty:ty),* $(,)? })?) => {
        $(#[$doc])*
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $form {
            $($must: $must_ty,)*
            $($(#[serde(default, skip_serializing_if = "crate::forms::wire::Blank::is_blank")] $may: $may_ty,)*)?
        }
    };
}

/// The stored form of a core struct.
macro_rules! form {
    ($(#[$doc:meta])* $form:ident = $core:ident { $($must:ident: $must_ty:ty),* $(,)? }
     $(optional { $($may:ident: $may_ty:ty),* $(,)? })?) => {
        shape! { $(#[$doc])* $form { $($must: $must_ty),* } $(optional { $($may: $may_ty),* })? }

        impl crate::forms::wire::Wire<$core> for $form {
            fn of(core: &$core) -> Self {
                let $core { $($must,)* $($($may,)*)? } = core;
                Self {
                    $($must: crate::forms::wire::Wire::of($must),)*
                    $($($may: crate::forms::wire::Wire::of($may),)*)?
                }
            }

            fn read(self) -> Result<$core, crate::forms::error::Unreadable> {
                let Self { $($must,)* $($($may,)*)? } = self;
                Ok($core {
                    $($must: crate::forms::wire::read(stringify!($must), $must)?,)*
                    $($($may: crate::forms::wire::read(stringify!($may), $may)?,)*)?
                })
            }
        }
    };
}

/// The stored forms of all events of a slice: kind, form, Chinese, English, stored struct, variant, fields. Under
/// `carrying:` stand variants that hold one core struct, stored as that struct; under `earlier:` forms that are no
/// longer written, each with the next one that it becomes.
macro_rules! events {
    ($event:ident;
     $($kind:literal $number:literal $zh:literal $en:literal
       $form:ident = $variant:ident { $($must:ident: $must_ty:ty),* $(,)? }
       $(optional { $($may:ident: $may_ty:ty),* $(,)? })?;)*
     $(carrying: $($c_kind:literal $c_number:literal $c_zh:literal $c_en:literal $c_form:ident = $c_variant:ident;)*)?
     $(earlier: $($e_kind:literal $e_number:literal $e_form:ident => $e_next:ident;)*)?) => {
        $(
            shape! {
                #[doc = concat!("`", $kind, "`, form ", stringify!($number), ".")]
                $form { $($must: $must_ty),* } $(optional { $($may: $may_ty),* })?
            }

            impl $form {
                fn into_event(self) -> Result<$event, crate::forms::error::Unreadable> {
                    let Self { $($must,)* $($($may,)*)? } = self;
                    Ok($event::$variant {
                        $($must: crate::forms::wire::read(stringify!($must), $must)?,)*
                        $($($may: crate::forms::wire::read(stringify!($may), $may)?,)*)?
                    })
                }
            }
        )*
        $($(
            impl $c_form {
                fn into_event(self) -> Result<$event, crate::forms::error::Unreadable> {
                    crate::forms::wire::Wire::read(self).map($event::$c_variant)
                }
            }
        )*)?
        $($(
            impl $e_form {
                fn into_event(self) -> Result<$event, crate::forms::error::Unreadable> {
                    $e_next::from(self).into_event()
                }
            }
        )*)?

        /// The kinds of this slice.
        pub(super) const KINDS: &[crate::forms::Kind] = &[
            $(crate::forms::Kind { kind: $kind, form: $number, zh: $zh, en: $en },)*
            $($(crate::forms::Kind { kind: $c_kind, form: $c_number, zh: $c_zh, en: $c_en },)*)?
        ];

        /// Writes an event of this slice.
        pub(super) fn encode(event: &$event) -> crate::forms::Stored {
            match event {
                $($event::$variant { $($must,)* $($($may,)*)? } => crate::forms::write($kind, $number, &$form {
                    $($must: crate::forms::wire::Wire::of($must),)*
                    $($($may: crate::forms::wire::Wire::of($may),)*)?
                }),)*
                $($($event::$c_variant(inner) => {
                    let form: $c_form = crate::forms::wire::Wire::of(inner);
                    crate::forms::write($c_kind, $c_number, &form)
                })*)?
            }
        }

        /// Reads an event of this slice; `None` when the kind or form is not of this slice.
        pub(super) fn decode(
            kind: &str,
            form: u32,
            body: &str,
        ) -> Option<Result<domain::Event, crate::forms::FormError>> {
            match (kind, form) {
                $(($kind, $number) => Some(decoded!($kind, $number, $form, body)),)*
                $($(($c_kind, $c_number) => Some(decoded!($c_kind, $c_number, $c_form, body)),)*)?
                $($(($e_kind, $e_number) => Some(decoded!($e_kind, $e_number, $e_form, body)),)*)?
                _ => None,
            }
        }
    };
}

/// One arm of `decode`.
macro_rules! decoded {
    ($kind:literal, $number:literal, $form:ident, $body:ident) => {
        serde_json::from_str::<$form>($body)
            .map_err(|error| crate::forms::FormError::Body {
                kind: $kind,
                form: $number,
                reason: error.to_string(),
            })
            .and_then(|form| form.into_event().map_err(|fault| fault.of($kind, $number)))
            .map(domain::Event::from)
    };
}
