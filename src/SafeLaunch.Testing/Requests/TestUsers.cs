using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace SafeLaunch.Requests;

/// <summary>The users that the clients of one server sign in. Each has a secret, which nothing but its client knows.</summary>
internal sealed class TestUsers
{
    public const string HeaderName = "SafeLaunch-User";
    public const string SchemeName = "SafeLaunch";

    private readonly ConcurrentDictionary<string, ClaimsPrincipal> bySecret = new(StringComparer.Ordinal);

    public static ClaimsPrincipal Make(string name, IEnumerable<string> roles, IEnumerable<Claim> claims) => new(new ClaimsIdentity(
        [new(ClaimTypes.Name, name), new(ClaimTypes.NameIdentifier, name), .. roles.Select(role => new Claim(ClaimTypes.Role, role)), .. claims],
        SchemeName));

    /// <returns>The secret of the user.</returns>
    public string Add(ClaimsPrincipal user)
    {
        var secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        this.bySecret[secret] = user;
        return secret;
    }

    /// <summary>Signs in the user whose secret the request carries. The app does not get to see the secret.</summary>
    public void SignIn(HttpContext context)
    {
        if (context.Request.Headers.Remove(HeaderName, out var secret) && this.bySecret.TryGetValue(secret.ToString(), out var user))
        {
            context.Features.Set(new TestUser(user));
            context.User = user;
        }
    }
}
