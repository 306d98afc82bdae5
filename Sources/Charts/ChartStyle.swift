/// How charts look: the rules for a page that holds them, light, dark and on paper.
///
/// The colours of series are those of Okabe and Ito, which people tell apart with any kind of colour
/// vision; those of parts are muted, and differ in lightness; dashes and patterns say the same again.
///
/// Source: M. Okabe, K. Ito, "Color Universal Design", 2008.
public enum ChartStyle {
  /// The style sheet.
  public static let sheet = TextResources.charts_css

  /// Patterns that bars refer to, one a series: once a page, before the first chart.
  public static let patterns =
    "<svg class=\"patterns\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>"
    + (0..<ChartTone.seriesCount).map { hatch($0) }.joined() + "</defs></svg>"

  private static func hatch(_ series: Int) -> String {
    """
    <pattern id="hatch\(series)" width="6" height="6" patternUnits="userSpaceOnUse" \
    patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/>\
    <rect class="fill s\(series)" width="2.5" height="6"/></pattern>
    """
  }
}
