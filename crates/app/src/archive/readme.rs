//! What stands in the archive about itself, for somebody who has nothing but the archive.

use super::Manifest;
use journal::Checkpoint;

/// `README.txt`.
pub(super) fn text(manifest: &Manifest, head: &Checkpoint) -> String {
    let acts: u64 = manifest.streams.values().sum();
    let Manifest { number, title, made, left_out, .. } = manifest;
    let (book, size, root, hash) = (&head.book, head.head.size, head.head.root, head.kind.name());
    format!(
        "项目档案 {number} {title}
{made} 制作，出自账簿“{book}”。

一、里面有什么
  项目全过程.pdf        各版表格、经办人和意见、公示、资金，供阅读
  公示/                 每一次公示的全文，连同对异议的答复
  附件/                 报送的全部文件，每件申请一个文件夹
  日志/acts.jsonl       本项目的 {acts} 条记录，一行一条，与系统里存的逐字节相同
  日志/proofs.jsonl     每条记录在日志中的位置、摘要和证明路径（RFC 9162，{hash}）
  日志/head.txt         证明所指的日志头：{size} 条记录，根 {root}
  manifest.json         每个文件的大小和 SM3 摘要；附件并写明哪一条记录登记了它
  manifest.sm3          manifest.json 的 SM3 摘要

二、怎样核验（不需要数据库，也不需要联网）
  qingqu archive check 本文件.zip
  没有出入，退出码为 0；有出入，逐处列出，退出码为 1。
  手边没有这个程序的，单个文件可以用通用工具核对：openssl dgst -sm3 文件，与 manifest.json 所列相同。
  核验证明三件事：文件一个字节也没有变；每条记录都在 head.txt 所说的日志里；附件就是记录里登记的那一份。
  head.txt 本身要与别处保存的日志头对照（公示的、报上级的、审计机关留存的）：大小相同，根就必须相同。

三、没有什么
  身份证号、银行账号、联系方式在记录里只有封存的编号，原文不在档案里；系统读入的收款名册数据也不在。
  记录取自本项目的申请、资金项目和报账；分配方案、支付批次涉及别的项目，只在 PDF 中列出与本项目有关的数。
  因制作人无权查看而没有收入的记录：{left_out} 条。


Archive of the project {number} {title}
Made on {made} from the book {book}.

1. What is in it
  项目全过程.pdf        forms by version, who did what and said what, notices, money, for reading
  公示/                 each notice in full, with the answers to objections
  附件/                 all files that were handed in, a folder for each case
  日志/acts.jsonl       {acts} acts of the project, a line each, byte for byte as they are stored
  日志/proofs.jsonl     for each act its place in the log, its hash and its audit path (RFC 9162, {hash})
  日志/head.txt         the head of the log that the paths lead to: {size} acts, root {root}
  manifest.json         size and SM3 of every file; for attachments the act that recorded them
  manifest.sm3          the SM3 of manifest.json

2. How to check it (no database, no network)
  qingqu archive check THIS.zip
  Exit code 0: nothing differs. Exit code 1: what differs is listed with its place.
  Without this program a single file can be held against manifest.json with a common tool: openssl dgst -sm3 FILE
  This proves three things: no file changed by a byte; every act is in the log of head.txt; each attachment is the one that
  the act recorded. Compare head.txt with a head that was kept elsewhere (published, handed to the higher level, kept by an
  auditor): of the same size it must have the same root.

3. What is not in it
  Identity numbers, bank accounts and contacts stand in acts as sealed references only; the values are not here, nor
  are the lists of payees that the program read. Acts are those of the project's cases, of its money and of its claims; allocations and payment batches concern
  other projects too, and the PDF has the figures of this one. Acts left out because the maker may not read them: {left_out}.
"
    )
}
