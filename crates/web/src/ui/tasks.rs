//! The task list of a long application: each table and paper with its state.

use maud::{Markup, html};

use super::icon;
use super::small::{Badge, badge_with};
use crate::ctx::Ctx;

/// How a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// 未开始.
    NotStarted,
    /// 填写中.
    Started,
    /// 已完成.
    Done,
    /// 有误.
    Faulty,
    /// 不适用.
    NotApplicable,
}

/// One task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its name as printed: 表二 项目企业基本情况.
    pub title: String,
    /// A line under it.
    pub hint: Option<String>,
    /// Where it is done; `None` when it cannot be done (yet).
    pub href: Option<String>,
    /// How it stands.
    pub state: TaskState,
}

/// Groups of tasks in the order in which they are done.
#[derive(Clone, Debug, Default)]
pub struct TaskList(Vec<(String, Vec<Task>)>);

impl TaskList {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a group under its heading.
    pub fn group(mut self, heading: impl Into<String>, tasks: Vec<Task>) -> Self {
        self.0.push((heading.into(), tasks));
        self
    }

    /// How many tasks are done, and how many there are to do (those that do not apply are not counted).
    pub fn done_of(&self) -> (usize, usize) {
        let all =
            self.0.iter().flat_map(|(_, tasks)| tasks).filter(|task| task.state != TaskState::NotApplicable);
        let done = all.clone().filter(|task| task.state == TaskState::Done).count();
        (done, all.count())
    }

    /// The list.
    pub fn html(&self, ctx: &Ctx) -> Markup {
        html! {
            ol.task-groups {
                @for (heading, tasks) in &self.0 {
                    li {
                        h2 { (heading) }
                        ul.tasks { @for task in tasks { (line(ctx, task)) } }
                    }
                }
            }
        }
    }
}

fn line(ctx: &Ctx, task: &Task) -> Markup {
    html! {
        li.task {
            div {
                @match &task.href {
                    Some(href) => a href=(href) { (task.title) },
                    None => span { (task.title) },
                }
                @if let Some(hint) = &task.hint { p.hint { (hint) } }
            }
            (state(ctx, task.state))
        }
    }
}

fn state(ctx: &Ctx, state: TaskState) -> Markup {
    match state {
        TaskState::NotStarted => badge_with(Badge::Grey, icon::OPEN, &ctx.t("task-not-started")),
        TaskState::Started => badge_with(Badge::Blue, icon::HALF, &ctx.t("task-started")),
        TaskState::Done => badge_with(Badge::Green, icon::CHECK, &ctx.t("task-done")),
        TaskState::Faulty => badge_with(Badge::Red, icon::WARNING, &ctx.t("task-faulty")),
        TaskState::NotApplicable => badge_with(Badge::Grey, icon::DASH, &ctx.t("task-not-applicable")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn what_does_not_apply_is_not_counted() {
        let task = |state| Task { title: "表二".into(), hint: None, href: Some("/t2".into()), state };
        let list = TaskList::new().group(
            "填写表格",
            vec![task(TaskState::Done), task(TaskState::Faulty), task(TaskState::NotApplicable)],
        );
        assert_eq!(list.done_of(), (1, 2));
        let html = list.html(&Ctx::sample(Lang::Zh)).into_string();
        for word in ["已完成", "有误", "不适用"] {
            assert!(html.contains(word), "{html}");
        }
    }
}
