/// How charts look: the rules for a page that holds them, light, dark and on paper.
///
/// Colours are those of Okabe and Ito, which people tell apart with any kind of colour vision;
/// dashes and patterns say the same again.
///
/// Source: M. Okabe, K. Ito, "Color Universal Design", 2008.
public enum ChartStyle {
  /// The style sheet.
  public static let sheet = TextResources.charts_css

  /// Patterns that bars refer to: once a page, before the first chart.
  public static let patterns = """
    <svg class="patterns" width="0" height="0" aria-hidden="true"><defs>\
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" \
    patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/>\
    <rect class="hatch-line" width="2.5" height="6"/></pattern>\
    </defs></svg>
    """

  /// How many styles of lines there are; further lines begin anew.
  public static let styleCount = 6
}
