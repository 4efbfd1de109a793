//! Four documents as offices print them. All names are invented.

use app::print::{
    Annex, Attachment, AttachmentFile, Block, Cell, Column, Document, Grid, Image, ImageFormat, Look, Row,
    SealPage, Signature, Table, Width,
};
use kernel::{Date, Money};
use std::sync::Arc;

pub const DAY: Date = Date::constant(2019, 10, 21);

/// A picture of two colours: what a scanner might give, small.
pub fn png() -> Arc<[u8]> {
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_fn(160, 120, |x, y| {
        if (x / 20 + y / 20) % 2 == 0 { image::Rgb([230, 236, 245]) } else { image::Rgb([120, 150, 190]) }
    });
    picture.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes.into()
}

/// 项目公告牌 of a village.
pub fn board() -> Document {
    Document::new(Look::Board, "青石镇柳河村帮扶项目公告牌", DAY)
        .fact("公告单位", "青石镇柳河村村民委员会")
        .fact("公告日期", "2019年10月21日")
        .push(
            Grid::new([5, 8, 5, 8])
                .row(Row::of([Cell::label("项目名称"), Cell::value("柳河村村组道路硬化及排水沟建设项目").over(3)]).at_least(17))
                .row(Row::of([Cell::label("建设地点"), Cell::value("柳河村二组、三组"), Cell::label("建设单位"), Cell::value("青石镇人民政府")]).at_least(17))
                .row(Row::of([Cell::label("建设内容"), Cell::value("硬化村组道路 1.8 公里，路面宽 3.5 米；新建排水沟 2.1 公里").over(3)]).at_least(17))
                .row(Row::of([Cell::label("投资总额"), Cell::value("865,000.00 元"), Cell::label("资金来源"), Cell::value("市级帮扶专项资金")]).at_least(17))
                .row(Row::of([Cell::label("开工日期"), Cell::value("2019年11月1日"), Cell::label("竣工日期"), Cell::value("2020年4月30日")]).at_least(17))
                .row(Row::of([Cell::label("受益范围"), Cell::value("126 户 438 人，其中建档立卡 31 户 97 人").over(3)]).at_least(17))
                .row(Row::of([Cell::label("施工单位"), Cell::value("某市宏达建筑有限公司"), Cell::label("监督电话"), Cell::value("12317")])),
        )
        .push(Block::Note("对本项目有意见或建议，请向镇人民政府或县乡村振兴部门反映。本牌自开工之日起公告至竣工验收后一年。".into()))
}

/// An order to mend: letterhead, number, a title of two lines, to whom, the place of the seal, who receives a copy.
pub fn letter() -> Document {
    Document::new(Look::Official, "关于青石镇柳河村村组道路硬化项目限期整改的通知", DAY)
        .letterhead("某市帮扶协作工作领导小组办公室")
        .number("某协作办函〔2019〕31号")
        .issuer("某市帮扶协作工作领导小组办公室")
        .push(Block::Flush("青石镇人民政府：".into()))
        .push(Block::paragraph("经检查，你单位实施的柳河村村组道路硬化项目（某申-2019-0007）存在下列问题："))
        .push(Block::paragraph("路面厚度不足15厘米，二组路段没有设涵洞。"))
        .push(Block::paragraph("请在＿＿＿＿＿＿之前整改到位，并提交整改情况和照片、记录等证据。"))
        .push(Block::paragraph("特此通知。"))
        .push(Block::sealed("某市帮扶协作工作领导小组办公室", DAY))
        .push(Block::Copied(vec!["某市财政局".into(), "青石镇柳河村村民委员会".into()]))
}

/// A public notice with thirty projects.
pub fn notice() -> Document {
    let columns = [
        Column::short("序号"),
        Column::text("项目名称").width(Width::Share(4)),
        Column::text("实施单位").width(Width::Share(3)),
        Column::amount("市级").under("拟安排资金"),
        Column::amount("县级").under("拟安排资金"),
        Column::short("完成时限"),
    ];
    let kinds =
        ["冷链仓储设施建设", "肉羊屠宰加工生产线改造", "村组道路硬化", "中药材种植基地", "农产品电商服务站"];
    let mut table = Table::new(columns).caption("2019年度拟支持项目清单").unit("单位：元");
    let (mut city, mut county) = (Money::ZERO, Money::ZERO);
    for at in 0..30_i64 {
        let (one, two) =
            (Money::from_fen(12_345_600 + at * 1_234_567), Money::from_fen(2_000_000 + at * 55_555));
        (city, county) = (city.checked_add(one).unwrap(), county.checked_add(two).unwrap());
        let kind = kinds[usize::try_from(at).unwrap() % kinds.len()];
        table = table.row([
            (at + 1).to_string(),
            format!("青石镇{}号村{kind}项目", at + 1),
            format!("某县第{}农业发展有限公司", at + 1),
            one.grouped(),
            two.grouped(),
            "2020年6月".to_owned(),
        ]);
    }
    let table = table.totals(["合计", "共 30 个项目", "", &city.grouped(), &county.grouped(), ""]);
    Document::new(Look::Official, "关于2019年度帮扶协作专项资金\n拟支持项目的公示", DAY)
        .number("某协作办公示〔2019〕12号")
        .issuer("某市帮扶协作工作领导小组办公室")
        .push(Block::Flush("各有关单位、社会公众：".into()))
        .push(Block::paragraph("根据《某市帮扶协作和支援合作专项资金管理办法》的规定，经企业申报、区县初审、专家评审和领导小组审定，拟对冷链仓储设施建设等30个项目给予资金支持，现予公示。"))
        .push(Block::heading(1, "一、公示时间"))
        .push(Block::paragraph("自2019年10月21日起至2019年10月25日止，共5个工作日。"))
        .push(Block::heading(1, "二、异议的提出"))
        .push(Block::heading(2, "（一）提出方式"))
        .push(Block::paragraph("对公示内容有异议的，请在公示期内以书面形式提出，并注明理由和联系方式。我办对异议人的身份予以保密，并在受理之日起10个工作日内答复。"))
        .push(Block::paragraph("联系电话：000-12345678　电子邮箱：notice@example.invalid　通信地址：某市某区政通路1号"))
        .push(table)
        .push(Block::closing(["某市帮扶协作工作领导小组办公室"], DAY))
}

/// 事前申报表.
pub fn form() -> Document {
    let story = "一、项目背景：当地羊羔肉为国家地理标志产品，年出栏60余万只，本地缺少达到出口标准的屠宰与冷链能力。\n二、建设内容：年屠宰5万只生产线一条，零下18℃冷库3000立方米，检测中心和污水处理站各一处。\n三、带贫机制：雇佣建档立卡人口68人，与3个乡镇11个村合作社签订保底收购协议，户均年增收4200元。";
    Document::new(Look::Form, "某市帮扶协作产业专项扶持资金\n事前申报表", DAY)
        .number("附件2")
        .fact("申报编号", "2019-0036")
        .fact("填报日期", "2019年10月21日")
        .copies(6, Some(2))
        .push(
            Grid::new([12, 13, 25, 15, 16, 19])
                .row(Row::of([
                    Cell::label("投资主体").down(2),
                    Cell::label("企业名称"),
                    Cell::value("某市海河云商供应链有限公司").hint("（加盖公章）").over(2),
                    Cell::label("法人代表"),
                    Cell::value("刘某某"),
                ]))
                .row(Row::of([
                    Cell::label("统一社会信用代码"),
                    Cell::value("91120104MA05XXXX1A").over(2),
                    Cell::label("注册资本"),
                    Cell::amount("5,000.00 万元"),
                ]))
                .row(Row::of([
                    Cell::label("联系地址").over(2),
                    Cell::value("某市南开区卫津路94号创新大厦12层").over(4),
                ]))
                .row(Row::of([
                    Cell::label("项目企业名称").over(2),
                    Cell::value("靖远海河羊羔肉食品有限公司").over(4),
                ]))
                .row(Row::of([
                    Cell::label("固定资产投资").over(2),
                    Cell::amount("1,860.50 万元"),
                    Cell::label("投资方持股").over(2),
                    Cell::amount("51.00%"),
                ]))
                .row(Row::of([
                    Cell::label("带动建档立卡人口年度劳务费用").over(2),
                    Cell::amount("96.00 万元"),
                    Cell::label("带动人数").over(2),
                    Cell::amount("68 人"),
                ]))
                .row(
                    Row::of([Cell::story("项目简介", story)
                        .hint("（包括项目背景、建设内容、带贫机制等）")
                        .over(6)])
                    .at_least(55),
                )
                .row(
                    Row::of([
                        Cell::opinion(
                            "受理单位意见",
                            "经核，申报材料齐全，项目真实、可行，同意该企业进行事前申报。",
                            Signature::seal("受理单位"),
                        )
                        .over(3),
                        Cell::opinion("主管部门意见", "", Signature::seal("主管部门")).over(3),
                    ])
                    .at_least(60),
                ),
        )
        .push(Block::Note("填表说明：本表一式六份，申报企业、受理单位、主管部门各执两份。".into()))
}

/// The formal file of a project: the form, attachments behind divider pages, one of them missing, one that lies apart.
pub fn bound(attached: &[u8]) -> Document {
    let scan = |title: &str| Attachment {
        title: title.into(),
        file: AttachmentFile::Image(png(), ImageFormat::Png),
    };
    let digest = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    let about = |file: &str, size: &str| {
        vec![("文件".into(), format!("{file}\n{size}")), ("摘要值（SM3）".into(), digest.into())]
    };
    let mut rows =
        Table::new((0..10).map(|at| Column::amount(format!("{}月", at + 1)).width(Width::Share(1))))
            .caption("各月投入");
    rows = rows.row((0..10).map(|at| format!("{},000.00", at + 1)));
    Document::new(Look::File, "产业帮扶项目正式申报文件", DAY)
        .number("编号：某申-2019-0001")
        .issuer("青石镇人民政府")
        .header("产业帮扶项目正式申报文件　某申-2019-0001")
        .fact("项目名称", "柳河村冷链仓库")
        .fact("申报单位", "青石镇人民政府")
        .copies(6, Some(2))
        .push(Block::Contents)
        .push(Block::heading(1, "产业帮扶项目申报表"))
        .push(Block::heading(3, "一、项目基本情况"))
        .push(Grid::new([16, 27, 16, 27]).row(Row::of([
            Cell::label("项目名称"),
            Cell::value("柳河村冷链仓库"),
            Cell::label("项目年度"),
            Cell::value("2019年"),
        ])))
        .push(rows.across())
        .push(Annex {
            label: "附件1".into(),
            title: "实施方案".into(),
            facts: about("方案.pdf", "PDF · 210.4 KB · 1 页"),
            note: String::new(),
            files: vec![Attachment {
                title: "方案.pdf".into(),
                file: AttachmentFile::Pdf(attached.to_vec().into()),
            }],
        })
        .push(Annex {
            label: "附件2".into(),
            title: "区域位置图".into(),
            facts: about("位置图.png", "PNG · 12.0 KB · 1 页"),
            note: String::new(),
            files: vec![scan("位置图.png"), scan("位置图2.png")],
        })
        .push(Annex {
            label: "附件3".into(),
            title: "投资一览表".into(),
            facts: about("一览表.xlsx", "XLSX · 9.1 KB"),
            note: "“一览表.xlsx”没有装入本册：XLSX 格式不能直接装订。请另行打印，放在本页之后。".into(),
            files: Vec::new(),
        })
        .push(Annex {
            label: "附件4".into(),
            title: "建设示意图（缺）".into(),
            note: "本件没有报送。".into(),
            ..Annex::default()
        })
        .push(SealPage {
            title: "盖章页".into(),
            text: "本册材料真实、完整，现报送审核。\n本册收入 4 件，一式 6 份，内容相同。".into(),
            signatures: vec![
                Signature::default().line("镇乡政府（盖章）", "青石镇人民政府").line("负责人（签字）", ""),
            ],
        })
}

/// A bound file with two attachments.
pub fn file(attached: Vec<u8>) -> Document {
    Document::new(Look::File, "某市帮扶协作产业项目\n申报材料", DAY)
        .subtitle("（2019年度）")
        .number("项目编号：2019-0036")
        .issuer("某市海河云商供应链有限公司")
        .header("某市帮扶协作产业项目申报材料　2019-0036")
        .fact("项目名称", "靖远县5万只肉羊屠宰冷链加工项目")
        .fact("申报单位", "某市海河云商供应链有限公司")
        .fact("实施地点", "甘肃省白银市靖远县")
        .fact("联 系 人", "王某某")
        .copies(6, Some(1))
        .push(Block::Contents)
        .push(Block::heading(1, "一、企业概况"))
        .push(Block::paragraph("某市海河云商供应链有限公司成立于2016年，主营农产品冷链仓储与配送，现有冷库12000立方米，服务本市及周边商超230家。"))
        .push(Block::heading(2, "（一）经营情况"))
        .push(Table::new([Column::text("指标"), Column::amount("2017年"), Column::amount("2018年")]).unit("单位：万元")
            .row(["营业收入", "8,210.00", "9,655.30"]).row(["净利润", "412.80", "530.10"]).note("数据取自经审计的财务报告。"))
        .push(Block::heading(2, "（二）现场照片"))
        .push(Image { bytes: png(), format: ImageFormat::Png, caption: "图1　冷库现场".into(), width_percent: 45 })
        .push(Block::PageBreak)
        .push(Block::heading(1, "二、项目方案"))
        .push(Block::counted(["建设年屠宰5万只生产线一条。", "建设零下18℃冷库3000立方米。", "建设检测中心和污水处理站各一处。"]))
        .push(Block::paragraph("项目建成后可安置建档立卡人口68人，户均年增收4200元。"))
        .push(SealPage {
            title: "申报承诺书".into(),
            text: "本单位承诺所提交的材料真实、完整、有效，资金专款专用，接受财政、审计部门的监督检查；如有虚假，愿意承担相应的法律责任。".into(),
            signatures: vec![Signature::seal("申报单位"), Signature::seal("受理单位")],
        })
        .push(Attachment { title: "事前申报表".into(), file: AttachmentFile::Pdf(attached.into()) })
        .push(Attachment { title: "营业执照副本".into(), file: AttachmentFile::Image(png(), ImageFormat::Png) })
}
