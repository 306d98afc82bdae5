import FundCore

/// What an error of the YAML library means to someone who does not know YAML's grammar.
private struct PlainWords {
  /// A part of the words of the library.
  let sign: String
  let message: LocalizedText
  let advice: LocalizedText
}

/// The first that fits counts: problems before contexts.
private let problemWords = [
  PlainWords(
    sign: "tab character",
    message: .init(en: "a tab stands in the indentation of a line", zh: "行首的缩进中有制表符"),
    advice: .init(en: "indent with blanks", zh: "用空格缩进")),
  PlainWords(
    sign: "cannot start any token",
    message: .init(
      en: "a tab, or one of the signs @ ` %, starts a value or the indentation of a line",
      zh: "值的开头或行首的缩进中有制表符，或有 @ ` % 之一"),
    advice: .init(
      en: "indent with blanks, and put a text that starts with such a sign in quotes",
      zh: "用空格缩进；以这些符号开头的文字要加引号")),
  PlainWords(
    sign: "mapping values are not allowed",
    message: .init(
      en: "a second colon in a line, or a line that is indented too far", zh: "一行中有两个冒号，或该行缩进过多"),
    advice: .init(
      en: "put a text that contains ': ' in quotes, or align the key with the keys above it",
      zh: "含有“: ”的文字要加引号；或把该键与上面各键对齐")),
  PlainWords(
    sign: "could not find expected ':'",
    message: .init(en: "a line without a colon stands among keys", zh: "各键之间有一行没有冒号"),
    advice: .init(
      en: "write `key: value` with a colon and a blank, or indent the line if it continues a text",
      zh: "写成 `key: value`，冒号后面加空格；如果是上一行文字的延续，请缩进")
  ),
  PlainWords(
    sign: "block sequence entries are not allowed",
    message: .init(en: "an item '-' stands where no list can start", zh: "此处不能开始列表，却有列表项“-”"),
    advice: .init(en: "put the first item on a line of its own below the key", zh: "把第一项写在键下面，单独一行")
  ),
]

private let contextWords = [
  PlainWords(
    sign: "quoted scalar",
    message: .init(
      en: "a text in quotes does not end, or has an unknown '\\' in it",
      zh: "引号中的文字没有结束，或含有不认识的“\\”"),
    advice: .init(
      en: "close the quotes; inside \"…\" write \\\\ for a single \\",
      zh: "补上右引号；在 \"…\" 中，单个 \\ 写成 \\\\")),
  PlainWords(
    sign: "flow",
    message: .init(
      en: "a list in [ ] or a mapping in { } is not closed or lacks a comma",
      zh: "[ ] 列表或 { } 键值没有收尾，或缺少逗号"),
    advice: .init(en: "check the brackets and put a comma between the items", zh: "检查括号，各项之间加逗号")),
  PlainWords(
    sign: "tag",
    message: .init(en: "a tag (!) cannot be understood", zh: "标签（!）无法识别"),
    advice: .init(en: "remove it; no file here needs one", zh: "删去它；这里的文件都不需要")),
  PlainWords(
    sign: "directive",
    message: .init(en: "a directive (%) cannot be understood", zh: "指令（%）无法识别"),
    advice: .init(en: "remove it; no file here needs one", zh: "删去它；这里的文件都不需要")),
  PlainWords(
    sign: "an a",  // "scanning an anchor", "scanning an alias"
    message: .init(en: "the sign & or * starts a value", zh: "值以 & 或 * 开头"),
    advice: .init(en: "put a text that starts with & or * in quotes", zh: "以 & 或 * 开头的文字要加引号")),
  PlainWords(
    sign: "block mapping",
    message: .init(en: "the line does not fit the lines above it", zh: "本行与上面各行不衔接"),
    advice: .init(en: "align the keys of one mapping in the same column", zh: "同一组的键要左对齐")),
  PlainWords(
    sign: "block collection",
    message: .init(en: "the line does not fit the lines above it", zh: "本行与上面各行不衔接"),
    advice: .init(en: "align the '-' of one list in the same column", zh: "同一列表的“-”要左对齐")),
]

/// What the YAML library says, in plain words.
///
/// - Returns: The message and the way out.
func plainWords(
  _ problem: String, context: String
) -> (message: LocalizedText, advice: LocalizedText) {
  let words =
    problemWords.first { problem.contains($0.sign) }
    ?? contextWords.first { context.contains($0.sign) }
  guard let words else {
    return (
      .init(en: "the text cannot be understood as YAML here", zh: "此处不符合 YAML 的写法"),
      .init(
        en: "check quotes, brackets and indentation at this place and in the line above",
        zh: "检查此处和上一行的引号、括号和缩进")
    )
  }
  return (words.message, words.advice)
}
