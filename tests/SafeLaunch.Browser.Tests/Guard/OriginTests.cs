using Microsoft.Playwright;

namespace SafeLaunch.Browser.Tests.Guard;

/// <summary>Pages whose origin is no server, and pages whose foreign name was made to stand for the server itself.</summary>
public sealed class OriginTests : StrangerFixture
{
    private const string Sandbox = "() => new Promise(done => { const tag = document.createElement('iframe'); tag.sandbox = 'allow-scripts'; tag.srcdoc = 'sandboxed'; tag.onload = () => done(); document.body.append(tag); })";

    private FileInfo file = null!;

    [OneTimeSetUp]
    public async Task WriteFile()
    {
        this.file = new(Path.Combine(Directory.CreateTempSubdirectory("page").FullName, "page.html"));
        await File.WriteAllTextAsync(this.file.FullName, "<!DOCTYPE html><title>file</title><body>file</body>");
    }

    [OneTimeTearDown]
    public void DeleteFile() => this.file.Directory!.Delete(recursive: true);

    private static IEnumerable<TestCaseData> Hostile()
    {
        foreach (var place in Enum.GetValues<Place>())
        {
            foreach (var (name, script) in new[] { ("posts", AccessTests.Post), ("reads", AccessTests.Read), ("opens a WebSocket", AccessTests.Socket) })
            {
                yield return new TestCaseData(place, script).SetArgDisplayNames($"{place} {name}");
            }
        }
    }

    [TestCaseSource(nameof(Hostile))]
    public async Task A_page_without_an_origin_or_of_a_rebound_name_gets_nothing_and_does_not_reach_the_app(Place place, string script)
    {
        await using var target = await Target.StartAsync();
        var page = await this.OpenAsync(place, target);
        var before = target.Served;
        var result = await page.EvaluateAsync<string?>(script, AddressFor(place, target));

        Assert.That(result, Is.Not.Null.And.Not.Contains("secret"));
        Assert.That(target.Served, Is.EqualTo(before));
    }

    [TestCaseSource(nameof(Hostile))]
    public async Task A_hostile_page_reaches_an_app_without_the_guard(Place place, string script)
    {
        await using var target = await Target.StartAsync(options => options.AllowAnyAccess());
        var page = await this.OpenAsync(place, target);
        var before = target.Served;
        await page.EvaluateAsync<string?>(script, AddressFor(place, target));

        Assert.That(target.Served, Has.Count.EqualTo(before.Count + 1));
    }

    [TestCase(Place.File)]
    [TestCase(Place.SandboxedFrame)]
    public async Task A_file_page_or_sandboxed_page_sends_null_as_its_origin(Place place)
    {
        await using var target = await Target.StartAsync();
        var page = await this.OpenAsync(place, target);

        Assert.That(await page.EvaluateAsync<string>("() => self.origin"), Is.EqualTo("null"));
    }

    /// <returns>Where the scripts of the hostile page run.</returns>
    private async Task<IFrame> OpenAsync(Place place, Target target)
    {
        var page = await this.OpenAsync(place switch
        {
            Place.File => new(this.file.FullName),
            Place.SandboxedFrame => this.StrangerAddress,
            Place.SandboxedFrameOfTheApp => target.Handle.Address,
            _ => new Uri(AddressFor(place, target)),
        });
        if (place is Place.SandboxedFrame or Place.SandboxedFrameOfTheApp)
        {
            await page.EvaluateAsync(Sandbox);
        }

        return page.Frames[^1];
    }

    private static string AddressFor(Place place, Target target) =>
        place is Place.ReboundName ? $"http://evil.test:{target.Port}/" : target.Handle.Address.ToString();

    /// <summary>Where a hostile script runs.</summary>
    public enum Place
    {
        /// <summary>In a file that was opened in the browser.</summary>
        File,

        /// <summary>In a sandboxed frame of a page of another server.</summary>
        SandboxedFrame,

        /// <summary>In a sandboxed frame of the app's own page.</summary>
        SandboxedFrameOfTheApp,

        /// <summary>In the page that a foreign name shows, which was made to stand for this machine: the answer of the guard.</summary>
        ReboundName,
    }
}
