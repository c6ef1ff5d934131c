using FsCheck;
using FsCheck.Fluent;

namespace SafeLaunch.AspNetCore.Tests.Guarding;

/// <summary>Any combination of the headers that count gets the answer of a model that is written as the table of docs/security.md.</summary>
public sealed class HeaderModelTests
{
    private static readonly string[] Hosts = ["{host}", "localhost", "LOCALHOST:1", "[::1]", "a.localhost:7", "ok.example", "evil.test", "localhost.", "127.0.0.1.evil.test", ""];
    private static readonly string[] Sites = ["", "none", "same-origin", "same-site", "cross-site", "SAME-ORIGIN", "other"];
    private static readonly string[] Origins = ["", "{own}", "http://friend.example", "http://evil.test", "null", "https://{own host}", "file://"];
    private static readonly string[] Modes = ["navigate", "", "cors", "no-cors", "websocket"];
    private static readonly string[] Dests = ["", "document", "iframe", "embed", "script"];
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "OPTIONS", "DELETE"];
    private static readonly string[] Paths = ["/", "/open", "/open/more", "/opened"];
    private static readonly string[] Referrers = ["", "http://friend.example/", "http://evil.test/"];
    private static readonly string[] Keys = ["cookie", "", "bearer", "wrong bearer", "wrong cookie"];

    [TestCase(true, false)]
    [TestCase(false, false)]
    [TestCase(true, true)]
    [TestCase(false, true)]
    public async Task Every_combination_of_headers_gets_the_answer_of_the_model(bool hasFriend, bool requiresToken)
    {
        await using var app = await GuardedApp.StartAsync(options => options.UseLoopback().GuardAccess(guard =>
        {
            guard.AllowedHosts.Add("ok.example");
            guard.Exempt.Add("/open");
            guard.RequireToken = requiresToken;
            if (hasFriend)
            {
                guard.AllowedOrigins.Add("http://friend.example");
            }
        }));
        var cookie = requiresToken ? await app.SignInAsync() : "none=0";
        var keys = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["bearer"] = $"Authorization: Bearer {app.Handle.GetAccessToken()}",
            ["cookie"] = $"Cookie: {cookie}",
            ["wrong bearer"] = $"Authorization: Bearer {app.Handle.GetAccessToken()}x",
            ["wrong cookie"] = $"Cookie: {cookie}x",
        };
        var requests =
            from host in OftenFirst(Hosts)
            from site in Gen.Elements(Sites)
            from origin in Gen.Elements(Origins)
            from mode in OftenFirst(Modes)
            from dest in Gen.Elements(Dests)
            from method in OftenFirst(Methods)
            from path in Gen.Elements(Paths)
            from referrer in Gen.Elements(Referrers)
            from key in OftenFirst(Keys)
            select new Request(method, path, host, site, origin, mode, dest, referrer, key);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1_000),
            Prop.ForAll(Arb.From(requests, Request.Shrink), request =>
            {
                var before = app.Served;
                var answer = app.SendAsync(request.Line, request.Headers(app.Host, keys)).GetAwaiter().GetResult();
                var expected = Expected(request, hasFriend, requiresToken);
                return (answer.Status == expected && app.Served - before == (expected == 200 ? 1 : 0)).Label($"{request}: {answer.Status} in place of {expected}");
            }));
    }

    /// <summary>The first value is that with which the later rules have their turn.</summary>
    private static Gen<string> OftenFirst(string[] values) => Gen.OneOf(Gen.Constant(values[0]), Gen.Elements(values));

    private static int Expected(Request request, bool hasFriend, bool requiresToken)
    {
        var host = request.Host.ToUpperInvariant();
        if (!(host is "{HOST}" or "LOCALHOST" or "LOCALHOST:1" or "[::1]" or "A.LOCALHOST:7" or "OK.EXAMPLE"))
        {
            return 421;
        }

        if (request.Path is "/open" or "/open/more")
        {
            return 200;
        }

        var isProgram = request is { Site: "", Origin: "" };
        var isOwnPage = request.Site is "same-origin" || request.Origin is "{own}";
        var isUser = request is { Site: "none", Origin: "" };
        var isFriend = hasFriend && request.Origin is "http://friend.example";
        if (!isProgram && !isOwnPage && !isUser && !isFriend)
        {
            var isOpened = request is { Mode: "navigate", Method: "GET" or "HEAD" };
            var isFramed = request.Dest is not ("" or "document");
            if (!isOpened || (isFramed && !hasFriend))
            {
                return 403;
            }
        }

        var isFollowedFromFriend = hasFriend && request.Referrer is "http://friend.example/";
        var isForeign = request.Site is not ("" or "none") && !isOwnPage && !isFriend && !isFollowedFromFriend;
        var bringsToken = request.Key is "bearer" || (request.Key is "cookie" && !isForeign);
        return bringsToken || !requiresToken ? 200 : 401;
    }

    private sealed record Request(string Method, string Path, string Host, string Site, string Origin, string Mode, string Dest, string Referrer, string Key)
    {
        public string Line => $"{this.Method} {this.Path} HTTP/1.1";

        public static IEnumerable<Request> Shrink(Request request)
        {
            Request[] simpler =
            [
                request with { Method = "GET" },
                request with { Path = "/" },
                request with { Host = "{host}" },
                request with { Site = "" },
                request with { Origin = "" },
                request with { Mode = "" },
                request with { Dest = "" },
                request with { Referrer = "" },
                request with { Key = "" },
            ];
            return simpler.Where(other => other != request);
        }

        public string[] Headers(string address, Dictionary<string, string> keys)
        {
            var host = this.Host.Replace("{host}", address, StringComparison.Ordinal);
            var origin = this.Origin.Replace("{own host}", host, StringComparison.Ordinal).Replace("{own}", $"http://{host}", StringComparison.Ordinal);
            return
            [
                $"Host: {host}",
                .. Header("Sec-Fetch-Site", this.Site),
                .. Header("Origin", origin),
                .. Header("Sec-Fetch-Mode", this.Mode),
                .. Header("Sec-Fetch-Dest", this.Dest),
                .. Header("Referer", this.Referrer),
                .. keys.TryGetValue(this.Key, out var key) ? [key] : Array.Empty<string>(),
                "Content-Length: 0",
            ];
        }

        private static IEnumerable<string> Header(string name, string value) => value.Length == 0 ? [] : [$"{name}: {value}"];
    }
}
