//! The OpenAPI document: what the handlers say, and what holds for all of them: who calls, keys, problems.

use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{Object, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{
    Components, Content, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required, ResponseBuilder,
};
use utoipa::{PartialSchema as _, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use super::problem::Problem;
use super::{ROOT, slices};

const ABOUT: &str = "同一批人、岗位、权限和规则，供其他程序调用。金额一律为两位小数的元（字符串），日期为 ISO 日期。\
    拒绝、错误一律为 application/problem+json。\n\n\
    The same people, roles, rights and rules as the pages, for other programs. Amounts are decimal strings of yuan with two places, \
    days are ISO dates. Refusals and faults are application/problem+json.";

/// The document.
pub fn document() -> OpenApi {
    let info = InfoBuilder::new()
        .title("清渠 Qingqu")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .build();
    let empty = OpenApiBuilder::new().info(info).build();
    let (_, mut document) =
        OpenApiRouter::<crate::AppState>::with_openapi(empty).nest(ROOT, slices()).split_for_parts();
    for item in document.paths.paths.values_mut() {
        complete(item);
    }
    let components = document.components.get_or_insert_with(Components::new);
    let mut schemas = Vec::new();
    Problem::schemas(&mut schemas);
    components.schemas.extend(schemas);
    components.schemas.insert(Problem::name().into_owned(), Problem::schema());
    let basic = HttpBuilder::new().scheme(HttpAuthScheme::Basic).build();
    components.add_security_scheme("basic", SecurityScheme::Http(basic));
    let cookie = ApiKeyValue::with_description(
        "qq_session",
        "The session of the sign-in page; the book's name follows the cookie's.",
    );
    components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    let either = ["basic", "session"].map(|name| SecurityRequirement::new(name, [""; 0]));
    document.security = Some(either.to_vec());
    document
}

/// Adds what holds for every operation.
fn complete(item: &mut PathItem) {
    let role = header(
        "X-Role",
        "Organisation id and role, `7:finance`; needed when the person holds several and calls with a password.",
    );
    let key = header(
        "Idempotency-Key",
        "A key of your own choice, 1 to 200 characters: the same request with the same key is carried out once and answered alike.",
    );
    for operation in [&mut item.get, &mut item.put, &mut item.post].into_iter().flatten() {
        add(operation, role.clone());
        let tag = operation.tags.iter().flatten().next().cloned().unwrap_or_default();
        operation.operation_id = operation.operation_id.take().map(|id| format!("{tag}_{id}"));
        for response in operation.responses.responses.values_mut() {
            if let RefOr::T(response) = response
                && response.description.is_empty()
            {
                "Done".clone_into(&mut response.description);
            }
        }
        let problem = ResponseBuilder::new()
            .description("Refused, unreadable or failed")
            .content(
                "application/problem+json",
                Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem")))),
            )
            .build();
        operation.responses.responses.insert("default".to_owned(), problem.into());
    }
    for operation in [&mut item.put, &mut item.post].into_iter().flatten() {
        add(operation, key.clone());
    }
}

fn header(name: &str, about: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(Object::with_type(Type::String)))
        .build()
}

fn add(operation: &mut Operation, parameter: Parameter) {
    operation.parameters.get_or_insert_with(Vec::new).push(parameter.into());
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn file() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/openapi.json")
    }

    /// `UPDATE=1` writes the file anew.
    #[test]
    fn the_committed_document_is_what_the_program_says() {
        let text = document().to_pretty_json().unwrap() + "\n";
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(file(), &text).unwrap();
        }
        let committed = std::fs::read_to_string(file()).unwrap_or_default();
        assert!(
            committed == text,
            "docs/reference/openapi.json is stale: run the tests of `web` with UPDATE=1"
        );
    }

    #[test]
    fn every_operation_says_what_it_is_in_both_languages_and_how_it_fails() {
        let json = serde_json::to_value(document()).unwrap();
        assert_eq!(json["openapi"], "3.1.0");
        let (mut operations, mut ids) = (0, std::collections::BTreeSet::new());
        for (path, item) in json["paths"].as_object().unwrap() {
            assert!(path.starts_with("/api/v1/"), "{path}");
            for (method, operation) in item.as_object().unwrap() {
                operations += 1;
                let id = operation["operationId"].as_str().unwrap_or_default();
                assert!(ids.insert(id.to_owned()), "{id} twice");
                for response in operation["responses"].as_object().unwrap().values() {
                    assert!(response["description"].as_str().is_some_and(|text| !text.is_empty()), "{id}");
                }
                let summary = operation["summary"].as_str().unwrap_or_default();
                assert!(summary.contains(" / "), "{method} {path}: {summary}");
                let problem = &operation["responses"]["default"]["content"]["application/problem+json"];
                assert_eq!(problem["schema"]["$ref"], "#/components/schemas/Problem", "{method} {path}");
                let keyed = operation["parameters"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|p| p["name"] == "Idempotency-Key");
                assert_eq!(keyed, method != "get", "{method} {path}");
            }
        }
        assert!(operations > 50, "{operations}");
    }

    /// No schema is a JSON number where money is meant, and every reference leads somewhere.
    #[test]
    fn money_is_never_a_number_and_references_hold() {
        let json = serde_json::to_value(document()).unwrap();
        let schemas = json["components"]["schemas"].as_object().unwrap();
        assert_eq!(schemas["Yuan"]["type"], "string");
        assert!(schemas["Yuan"]["pattern"].as_str().unwrap().contains("[0-9]{2}"));
        let text = json.to_string();
        assert!(!text.contains(r#""type":"number""#), "a schema is a float");
        for part in text.split("#/components/schemas/").skip(1) {
            let name = part.split('"').next().unwrap_or_default();
            assert!(schemas.contains_key(name), "{name} is not declared");
        }
    }
}
