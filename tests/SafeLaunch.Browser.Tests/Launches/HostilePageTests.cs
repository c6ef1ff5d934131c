using Microsoft.Playwright;
using SafeLaunch.Browser.Tests.Guard;

namespace SafeLaunch.Browser.Tests.Launches;

/// <summary>What a page of another server can do to the page of the launches, in a real browser that takes evil.test for this machine.</summary>
public sealed class HostilePageTests : StrangerFixture
{
    private const string Post = "url => fetch(url + 'stop?launch=shop', { method: 'POST', mode: 'no-cors' }).then(answer => answer.type, () => 'failed')";
    private const string Form = "url => new Promise(done => { const frame = document.createElement('iframe'); frame.name = 'target'; document.body.append(frame); frame.onload = () => done('sent'); const form = document.createElement('form'); form.method = 'POST'; form.target = 'target'; form.action = url + 'stop?launch=shop'; document.body.append(form); form.submit(); })";
    private const string Read = "url => fetch(url + 'events').then(answer => answer.text(), () => 'failed')";
    private const string Listen = "url => new Promise(done => { const events = new EventSource(url + 'events'); events.onmessage = message => done(message.data); events.onerror = () => done('failed'); })";
    private const string Script = "url => new Promise(done => { const tag = document.createElement('script'); tag.src = url + 'page.js'; tag.onload = () => done('loaded'); tag.onerror = () => done('failed'); document.head.append(tag); })";
    private const string Frame = "url => new Promise(done => { const tag = document.createElement('iframe'); tag.src = url; tag.onload = () => done('sent'); document.body.append(tag); })";

    private static IEnumerable<TestCaseData> Hostile()
    {
        foreach (var origin in new[] { "127.0.0.1", "localhost", "evil.test" })
        {
            foreach (var (name, script) in new[] { ("posts a stop", Post), ("sends a form that stops", Form), ("reads the events", Read), ("listens to the events", Listen), ("loads the script", Script), ("shows a frame", Frame) })
            {
                yield return new TestCaseData(origin, script).SetArgDisplayNames($"a page of {origin} {name}");
            }
        }
    }

    [TestCaseSource(nameof(Hostile))]
    public async Task A_page_of_another_server_stops_nothing_and_reads_nothing(string host, string script)
    {
        await using var program = await Operator.StartAsync();
        var page = await this.OpenAsync(this.StrangerAt(host));
        var result = await page.EvaluateAsync<string>(script, program.Page + "/");

        Assert.That(result, Is.EqualTo("failed").Or.EqualTo("opaque").Or.EqualTo("sent"));
        foreach (var frame in page.Frames.Skip(1))
        {
            Assert.That(await frame.ContentAsync(), Does.Not.Contain("launches\""));
        }

        Assert.That(program.Launches["shop"].State, Is.EqualTo(LaunchState.Running));
        Assert.That(program.Launches["shop"].EarlierRuns, Is.Empty);
    }

    [Test]
    public async Task A_foreign_name_that_was_made_to_stand_for_this_machine_is_refused()
    {
        await using var program = await Operator.StartAsync();
        var page = await this.OpenAsync(new UriBuilder(program.Page) { Host = "evil.test" }.Uri);

        Assert.That(await page.ContentAsync(), Does.Contain("by its rule Host"));
        Assert.That(await page.EvaluateAsync<int>("() => fetch('/launches/stop?launch=shop', { method: 'POST' }).then(answer => answer.status)"), Is.EqualTo(421));
        Assert.That(program.Launches["shop"].State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task A_link_of_another_page_opens_the_page_of_the_launches()
    {
        await using var program = await Operator.StartAsync();
        var page = await this.OpenAsync(this.StrangerAddress);
        await page.EvaluateAsync("url => { const link = document.createElement('a'); link.href = url; link.textContent = 'open'; document.body.append(link); }", program.Page.ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "open" }).ClickAsync();

        await Assertions.Expect(new LaunchesPage(page).State("shop")).ToHaveTextAsync("Running");
    }
}
