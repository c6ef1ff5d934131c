using Microsoft.AspNetCore.Http;
using SafeLaunch.Requests;

namespace SafeLaunch.Testing.Tests.Requests;

/// <summary>The requests that are shown with a test that fails.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ExchangeTests
{
    private readonly Exchanges exchanges = new("shop");
    private readonly RecordedTest test = new();

    [Test]
    public async Task A_test_that_fails_shows_each_request_with_its_answer()
    {
        this.Begin("/good").End(AnswerOf(200));
        this.Begin("/bad").Fail(new InvalidOperationException("No."));
        this.Begin("/slow?page=2");

        await this.test.EndAsync(failed: true).Within();

        var lines = this.test.Lines.Single().Split(Environment.NewLine);
        Assert.That(lines[0], Is.EqualTo("Requests to 'shop', the last 100 at most:"));
        Assert.That(lines[1], Does.Match(@"^\[.*\] GET /good: 200, \d+ ms$"));
        Assert.That(lines[2], Does.Match(@"^\[.*\] GET /bad: InvalidOperationException: No\., \d+ ms$"));
        Assert.That(lines[3], Does.EndWith("GET /slow?page=2: not answered yet"));
    }

    [Test]
    public async Task A_test_that_passes_shows_no_requests()
    {
        this.Begin("/good").End(AnswerOf(200));

        await this.test.EndAsync(failed: false).Within();

        Assert.That(this.test.Lines, Is.Empty);
    }

    [Test]
    public async Task Of_many_requests_the_last_hundred_are_shown()
    {
        for (var i = 1; i <= 150; i++)
        {
            this.Begin($"/{i}").End(AnswerOf(200));
        }

        await this.test.EndAsync(failed: true).Within();

        var lines = this.test.Lines.Single().Split(Environment.NewLine);
        Assert.That(lines, Has.Length.EqualTo(101));
        Assert.That(lines[1], Does.Contain("/51:"));
    }

    private static HttpResponse AnswerOf(int status)
    {
        var context = new DefaultHttpContext();
        context.Response.StatusCode = status;
        return context.Response;
    }

    private Exchange Begin(string path)
    {
        var context = new DefaultHttpContext();
        var parts = path.Split('?');
        (context.Request.Method, context.Request.Path) = ("GET", parts[0]);
        context.Request.QueryString = parts.Length > 1 ? new("?" + parts[1]) : default;
        return this.exchanges.Begin(this.test, context.Request)!;
    }

    private sealed class RecordedTest : RunningTest
    {
        public List<string> Lines { get; } = [];

        protected override void WriteLine(string line) => this.Lines.Add(line);
    }
}
