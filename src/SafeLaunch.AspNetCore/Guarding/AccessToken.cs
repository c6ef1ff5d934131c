using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace SafeLaunch.Guarding;

/// <summary>The secret of the launches of one launcher: 256 random bits.</summary>
internal sealed class AccessToken
{
    /// <summary>The parameter of an address that brings it.</summary>
    public const string Parameter = "safelaunch-token";

    private const int TagLength = 6;

    private readonly byte[] secret;
    private readonly ConcurrentDictionary<(string Launch, int Port), AccessCookie> cookies = new();

    public AccessToken()
        : this(RandomNumberGenerator.GetBytes(32))
    {
    }

    private AccessToken(byte[] secret)
    {
        this.secret = secret;
        this.Text = WebEncoders.Base64UrlEncode(secret);

        // A separate secret signs them: with the same one, the signature of a cookie could pass for that of a one-time key.
        this.OneTimeKeys = new(HMACSHA256.HashData(secret, "one-time keys"u8));
    }

    public string Text { get; }

    /// <summary>One-time keys, which open one page each.</summary>
    public OneTimeKeys OneTimeKeys { get; }

    /// <summary>The token of another process, whose launch this one runs.</summary>
    public static AccessToken From(string text) => new(WebEncoders.Base64UrlDecode(text));

    /// <summary>Takes the same time wherever the texts differ, so that no sender finds it out letter by letter.</summary>
    public static bool AreSame(string right, string presented) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(presented));

    /// <summary>Opens a server by the token, or by a one-time key for this server, which is used up then.</summary>
    /// <returns>Whether it is the token, or such a key that has not been used.</returns>
    public bool TryOpen(string presented, OneTimeKeys.Server server) => AreSame(this.Text, presented) || this.OneTimeKeys.TryUse(presented, server);

    /// <summary>
    /// By the name of the launch, the port and the token, since a browser sends its cookies to all ports of a host and keeps one for each name, and
    /// the port at which a server listens in a container is not the one that the browser knows. Other servers of the host get the cookie too,
    /// hence it is not the token itself.
    /// </summary>
    public AccessCookie CookieOf(string launch, int port) => this.cookies.GetOrAdd((launch, port), this.CreateCookie);

    private AccessCookie CreateCookie((string Launch, int Port) place)
    {
        var tag = WebEncoders.Base64UrlEncode(HMACSHA256.HashData(this.secret, "name of cookies"u8))[..TagLength];
        var name = $"safelaunch-{string.Concat(place.Launch.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'))}-{place.Port}-{tag}";
        return new(name, WebEncoders.Base64UrlEncode(HMACSHA256.HashData(this.secret, Encoding.UTF8.GetBytes(name))));
    }
}
