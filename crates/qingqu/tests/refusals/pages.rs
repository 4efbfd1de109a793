//! On which page of the site each refusal of money and of a project's life is met, or why no page can show it. The test of the
//! pages in `crates/qingqu/tests/book/refused.rs` meets each of them there; the reference prints them.

/// Where a refusal is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On these pages, in the order of the test.
    On(&'static [&'static str]),
    /// On none, and why.
    Nowhere { zh: &'static str, en: &'static str },
}

/// Each code from R801 on.
pub const PAGES: &[(&str, Place)] = &[
    (
        "R801",
        Place::Nowhere {
            zh: "页面只列出按来源记账的资金",
            en: "the pages list the funds that book their sources and no other",
        },
    ),
    ("R802", Place::On(&["/sources/import"])),
    ("R803", Place::On(&["/sources/import"])),
    ("R804", Place::On(&["/sources/new"])),
    ("R805", Place::On(&["/sources/new"])),
    ("R806", Place::On(&["/sources/new"])),
    ("R807", Place::On(&["/sources/new"])),
    ("R808", Place::On(&["/sources/{id}/cash"])),
    ("R809", Place::On(&["/sources/{id}/cut"])),
    ("R810", Place::On(&["/sources/import"])),
    (
        "R821",
        Place::Nowhere {
            zh: "页面只列出允许的支出方向，不得列支的列在下面供查看",
            en: "the page offers permitted uses; prohibited ones stand below it to be read",
        },
    ),
    ("R822", Place::On(&["/projects/new"])),
    (
        "R823",
        Place::Nowhere {
            zh: "页面只列出这项资金的各方", en: "the pages list the sides that the fund has"
        },
    ),
    ("R824", Place::On(&["/projects/new"])),
    ("R825", Place::On(&["/projects/new"])),
    ("R826", Place::On(&["/claims/new"])),
    ("R827", Place::On(&["/claims/new"])),
    ("R828", Place::On(&["/projects/{id}/doubt/{id}"])),
    ("R829", Place::On(&["/projects/{id}/lines"])),
    ("R830", Place::On(&["/projects/{id}/lines"])),
    ("R831", Place::On(&["/projects/{id}/contract"])),
    ("R832", Place::On(&["/projects/{id}/contract"])),
    ("R833", Place::On(&["/projects/{id}/contract"])),
    (
        "R834",
        Place::Nowhere {
            zh: "页面只列出应当归档的文件", en: "the pages list the papers that are demanded"
        },
    ),
    ("R835", Place::On(&["/claims/new"])),
    (
        "R836",
        Place::On(&[
            "/projects/{id}/lines",
            "/projects/{id}/contract",
            "/projects/{id}/close",
            "/claims/new",
        ]),
    ),
    ("R837", Place::On(&["/projects/{id}/close"])),
    ("R838", Place::On(&["/projects/{id}/recover"])),
    ("R901", Place::On(&["/allocations/new"])),
    ("R902", Place::On(&["/allocations/new"])),
    (
        "R903",
        Place::Nowhere {
            zh: "页面只认同一资金、同一方、同一年度的项目，其他的在填写时就指出",
            en: "the page knows projects of the plan's own money and year; others are pointed out as they are typed",
        },
    ),
    ("R904", Place::On(&["/allocations/new"])),
    ("R905", Place::On(&["/allocations/new"])),
    (
        "R906",
        Place::Nowhere {
            zh: "现有办法的资金都按先后或者比例使用来源，没有须指定来源的",
            en: "no policy of the repository has a fund whose sources must be named",
        },
    ),
    ("R907", Place::On(&["/allocations/{id}/edit"])),
    ("R908", Place::On(&["/allocations/new"])),
    ("R909", Place::On(&["/allocations/new"])),
    ("R910", Place::On(&["/allocations/new"])),
    ("R911", Place::On(&["/allocations/new"])),
    ("R921", Place::On(&["/claims/new"])),
    ("R922", Place::On(&["/claims/new"])),
    ("R923", Place::On(&["/claims/new"])),
    ("R924", Place::On(&["/claims/new"])),
    ("R925", Place::On(&["/claims/new"])),
    ("R926", Place::On(&["/claims/new"])),
    ("R927", Place::On(&["/claims/new"])),
    ("R928", Place::On(&["/claims/new"])),
    ("R929", Place::On(&["/claims/new"])),
    ("R930", Place::On(&["/claims/new"])),
    ("R931", Place::On(&["/claims/new"])),
    ("R932", Place::On(&["/claims/new"])),
    ("R933", Place::On(&["/claims/{id}/do/{step}"])),
    ("R934", Place::On(&["/claims/{id}/withdraw"])),
    ("R951", Place::On(&["/batches/new", "/batches/{id}"])),
    ("R952", Place::On(&["/batches/new"])),
    ("R953", Place::On(&["/batches/new"])),
    (
        "R954",
        Place::Nowhere {
            zh: "页面只列出这项资金的待支付款项",
            en: "the page lists the payments of its own fund",
        },
    ),
    ("R955", Place::On(&["/batches/new"])),
    ("R956", Place::On(&["/batches/new"])),
    ("R957", Place::On(&["/batches/{id}"])),
    (
        "R958",
        Place::Nowhere {
            zh: "支付文件发出之前，页面不能上传银行结果",
            en: "before its release the page takes no bank result",
        },
    ),
    ("R959", Place::On(&["/batches/{id}/release-line/{id}", "/batches/{id}/unclear/{id}"])),
    ("R960", Place::On(&["/batches/{id}/unclear/{id}"])),
    ("R971", Place::On(&["/drafts/{key}/check"])),
    ("R972", Place::On(&["/begin/{procedure}"])),
    ("R973", Place::On(&["/cases/{id}/do/{step}"])),
    ("R974", Place::On(&["/cases/{id}/do/{step}"])),
    (
        "R975",
        Place::Nowhere {
            zh: "页面只列出前面办过的环节", en: "the page lists earlier steps that were done"
        },
    ),
    ("R976", Place::On(&["/cases/{id}/do/{step}"])),
    ("R977", Place::On(&["/cases/{id}/do/{step}"])),
    (
        "R978",
        Place::Nowhere {
            zh: "现有办法的公示期都比最长的假期长",
            en: "every notice of the policies of the repository is longer than the longest holiday",
        },
    ),
    ("R979", Place::On(&["/cases/{id}/do/{step}"])),
    (
        "R980",
        Place::Nowhere {
            zh: "发布公示之前，页面上没有结束公示",
            en: "before it is posted the page has nothing to end",
        },
    ),
    ("R981", Place::On(&["/cases/{id}/do/{step}"])),
    ("R982", Place::Nowhere { zh: "页面只列出相近的项目", en: "the page lists the similar projects" }),
    ("R991", Place::On(&["/projects/new"])),
    ("R992", Place::On(&["/projects/{id}/close"])),
    ("R993", Place::On(&["/claims/new"])),
    ("R994", Place::On(&["/projects/new"])),
];
