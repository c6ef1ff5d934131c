using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Testing.Tests.Requests;

/// <summary>An app with authentication by cookies, and pages for those who have signed in.</summary>
internal static class SignedInShop
{
    public static void Run()
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/name", (ClaimsPrincipal user) => user.Identity?.Name ?? "nobody");
        app.MapGet("/members", (ClaimsPrincipal user) => user.Identity?.Name).RequireAuthorization();
        app.MapGet("/scheme", (ClaimsPrincipal user) => user.Identity?.Name)
            .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = CookieAuthenticationDefaults.AuthenticationScheme });
        app.MapGet("/admin", () => "yes").RequireAuthorization(policy => policy.RequireRole("admin"));
        app.MapGet("/buyer", () => "yes").RequireAuthorization(policy => policy.RequireClaim("scope", "buy"));
        app.MapGet("/away", (string to) => Results.Redirect(to));
        app.MapPost("/away", (string to) => Results.Redirect(to, preserveMethod: true));
        app.MapPost("/echo", async (HttpRequest request) => await new StreamReader(request.Body).ReadToEndAsync());
        app.MapGet("/headers", (HttpRequest request) => string.Join(',', request.Headers.Keys));
        app.Run();
    }

    /// <summary>An app that has no authentication, and looks at the user of the request.</summary>
    public static void RunWithoutAuthentication()
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/name", (HttpContext context) => context.User.Identity?.Name ?? "nobody");
        app.Run();
    }
}
