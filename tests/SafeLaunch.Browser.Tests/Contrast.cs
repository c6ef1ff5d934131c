using Microsoft.Playwright;

namespace SafeLaunch.Browser.Tests;

/// <summary>The contrast of a text with its background.</summary>
internal sealed class Contrast
{
    /// <summary>Counts each background up to the first that is opaque.</summary>
    private const string Least = """
        () => {
          const parts = color => (color.match(/[\d.]+/g) ?? []).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = node => {
            for (; node; node = node.parentElement) {
              const color = parts(getComputedStyle(node).backgroundColor);
              if (color.length === 3 || color[3] === 1) return color;
            }
          };
          let least = { ratio: 21, text: "" };
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const node = texts.currentNode.parentElement;
            if (!texts.currentNode.data.trim() || !node.checkVisibility()) continue;
            const [one, other] = [light(parts(getComputedStyle(node).color)), light(behind(node))];
            const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
            if (ratio < least.ratio) least = { ratio, text: texts.currentNode.data };
          }
          return least;
        }
        """;

    public double Ratio { get; set; }

    public string Text { get; set; } = "";

    /// <summary>The least contrast of any text of the page that can be seen.</summary>
    public static Task<Contrast> LeastOfAsync(IPage page) => page.EvaluateAsync<Contrast>(Least);
}
