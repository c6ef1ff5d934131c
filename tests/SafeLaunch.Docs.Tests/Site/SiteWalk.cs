using Microsoft.Playwright;

namespace SafeLaunch.Docs.Tests.Site;

/// <summary>Visits all pages of a site that its links lead to, at the width of a phone, and lists the problems.</summary>
/// <param name="page">A browser's page, which shows the first page of the site.</param>
internal sealed class SiteWalk(IPage page)
{
    private const int Phone = 360;

    private const string Look = """
        () => ({
          Width: document.documentElement.scrollWidth,
          Names: [...document.querySelectorAll('[id], a[name]')].map(node => node.id || node.name),
          Links: [...document.querySelectorAll('a[href]')].map(link => link.href),
        })
        """;

    private readonly Uri start = new(page.Url);
    private readonly Queue<(string From, Uri To)> next = new();
    private readonly Dictionary<string, HashSet<string>> anchors = new(StringComparer.Ordinal);
    private readonly List<(string From, Uri To)> links = [];
    private readonly List<string> problems = [];

    /// <summary>Gets the paths of the pages that were visited.</summary>
    public IEnumerable<string> Pages => this.anchors.Keys;

    public IReadOnlyList<string> Problems => this.problems;

    public async Task VisitAllAsync()
    {
        page.PageError += (_, error) => this.Report(error);
        page.Response += (_, response) => this.Check(response);
        await page.SetViewportSizeAsync(Phone, 740);
        this.next.Enqueue(("the browser", this.start));
        while (this.next.TryDequeue(out var link))
        {
            if (this.anchors.TryAdd(link.To.AbsolutePath, []))
            {
                await this.VisitAsync(link.From, link.To);
            }
        }

        foreach (var (from, to) in this.links.Where(link => link.To.Fragment.Length > 1))
        {
            if (this.anchors.TryGetValue(to.AbsolutePath, out var names) && names.Count > 0 && !names.Contains(Uri.UnescapeDataString(to.Fragment[1..])))
            {
                this.problems.Add($"{from}: no such place: {to}");
            }
        }
    }

    private async Task VisitAsync(string from, Uri address)
    {
        var path = address.AbsolutePath;
        var answer = await page.APIRequest.GetAsync(address.ToString());
        if (!answer.Ok)
        {
            this.problems.Add($"{from}: dead link to {path}");
            return;
        }

        if (!answer.Headers.TryGetValue("content-type", out var type) || !type.StartsWith("text/html", StringComparison.Ordinal))
        {
            return;
        }

        // A page fetches its tables of contents and draws its pictures after it has been loaded.
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        var found = await page.EvaluateAsync<Found>(Look);
        if (found.Width > Phone)
        {
            this.Report($"{found.Width} pixels wide");
        }

        this.anchors[path] = [.. found.Names];
        foreach (var link in found.Links)
        {
            if (Uri.TryCreate(link, UriKind.Absolute, out var to) && this.IsInside(to))
            {
                this.links.Add((path, to));
                this.next.Enqueue((path, to));
            }
        }
    }

    private bool IsInside(Uri address) => this.start.GetLeftPart(UriPartial.Authority).Equals(address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);

    private void Check(IResponse response)
    {
        if (response.Status >= 400)
        {
            this.Report($"{response.Url} answers {response.Status}");
        }

        if (Uri.TryCreate(response.Url, UriKind.Absolute, out var address) && address.Scheme.StartsWith("http", StringComparison.Ordinal) && !this.IsInside(address))
        {
            this.Report($"asks another host: {address}");
        }
    }

    private void Report(string problem) => this.problems.Add($"{page.Url}: {problem}");

    /// <summary>The width, the places and the links of a page.</summary>
    private sealed class Found
    {
        public int Width { get; set; }

        public string[] Names { get; set; } = [];

        public string[] Links { get; set; } = [];
    }
}
