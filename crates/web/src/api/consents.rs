//! Papers of places and units: what is on file, what is missing, filed and revoked.

use app::view::money::HeldBy;
use axum::Json;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{At, Said, file};
use super::papers::redeem_papers;
use super::problem::Failed;
use super::wire::Done;
use super::wire::consents::{FilePlacePaper, PlaceDetail, Places, RevokePlacePaper};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, put_on_file))
        .routes(routes!(one))
        .routes(routes!(revoke))
        .routes(routes!(paper_file))
}

#[utoipa::path(get, path = "/consents", tag = "consents", summary = "村、单位的前置文件 / Places and units with their papers",
    responses((status = 200, body = Places)))]
async fn list(caller: Caller) -> Result<Json<Places>, Failed> {
    Ok(Json((&caller.ask(|app, viewer| app.place_files(viewer)).await?).into()))
}

#[utoipa::path(post, path = "/consents", tag = "consents", summary = "前置文件归档 / Put a paper of a place or unit on file",
    request_body = FilePlacePaper, responses((status = 200, body = Done)))]
async fn put_on_file(caller: Caller, Said(said): Said<FilePlacePaper>) -> Result<Json<Done>, Failed> {
    let papers = redeem_papers(&caller, "papers", &said.papers, Some(&said.demand))?;
    let command = said.command(caller.viewer.pack.id.clone(), papers);
    Ok(Json(caller.act(command).await?.into()))
}

#[utoipa::path(get, path = "/consents/{place}", tag = "consents", summary = "一个村或单位的前置文件 / One place or unit",
    params(("place" = String, Path, description = "The key: `120119-1`, `o7`")), responses((status = 200, body = PlaceDetail)))]
async fn one(caller: Caller, At(place): At<String>) -> Result<Json<PlaceDetail>, Failed> {
    Ok(Json((&caller.ask(move |app, viewer| app.place_page(viewer, &place)).await?).into()))
}

#[utoipa::path(post, path = "/consents/{place}/revocations", tag = "consents", summary = "文件不再有效 / A paper no longer counts",
    params(("place" = String, Path, description = "The key: `120119-1`, `o7`")), request_body = RevokePlacePaper,
    responses((status = 200, body = Done)))]
async fn revoke(
    caller: Caller,
    At(place): At<String>,
    Said(said): Said<RevokePlacePaper>,
) -> Result<Json<Done>, Failed> {
    let command = said.command(caller.viewer.pack.id.clone(), place);
    Ok(Json(caller.act(command).await?.into()))
}

#[utoipa::path(get, path = "/consents/{place}/papers/{hash}", tag = "consents", summary = "下载前置文件 / The file of a paper",
    params(("place" = String, Path, description = "The key"), ("hash" = String, Path, description = "Digest of the file")),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn paper_file(caller: Caller, At((place, hash)): At<(String, String)>) -> Result<Response, Failed> {
    let hash = hash.parse().map_err(|_| Failed::nothing_here())?;
    let found = caller.ask(move |app, viewer| app.held_file(viewer, &HeldBy::Place(place), &hash)).await?;
    Ok(file(&found.name, &found.media, found.bytes))
}
