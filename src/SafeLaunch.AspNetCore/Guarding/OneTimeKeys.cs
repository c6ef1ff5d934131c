using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace SafeLaunch.Guarding;

/// <summary>
/// Keys for the command line of a browser, which other users of the machine can read while it runs: each opens one server once, and
/// soon. A key is the time at which it was made, a random number, and a signature of both and the port, so that a server in another process accepts it too.
/// </summary>
/// <param name="secret">Signs them. All processes of a launch have the same.</param>
internal sealed class OneTimeKeys(byte[] secret)
{
    private const int TimeLength = sizeof(long);
    private const int SignedLength = TimeLength + 16;
    private const int Length = SignedLength + HMACSHA256.HashSizeInBytes;
    private const int LifetimeInMilliseconds = 120_000;

    /// <summary>What base64 has after so many bytes, and the key leaves out.</summary>
    private const string Padding = "=";

    /// <summary>The keys that were used, and when they were made.</summary>
    private readonly ConcurrentDictionary<string, long> used = new(StringComparer.Ordinal);

    /// <summary>The clock of the machine, which all of its processes share. It is never set back.</summary>
    public static long Now => Environment.TickCount64;

    /// <param name="port">The port of the server that it opens.</param>
    public string Create(int port)
    {
        var key = new byte[Length];
        BinaryPrimitives.WriteInt64LittleEndian(key, Now);
        RandomNumberGenerator.Fill(key.AsSpan(TimeLength..SignedLength));
        this.Sign(key.AsSpan(..SignedLength), port, key.AsSpan(SignedLength..));
        return WebEncoders.Base64UrlEncode(key);
    }

    /// <summary>A server does not know the keys that an earlier server on its port has taken, and so takes none that is older than itself.</summary>
    public bool TryUse(string key, Server server)
    {
        foreach (var old in this.used.Where(use => IsOver(use.Value)))
        {
            this.used.TryRemove(old);
        }

        return this.TimeOf(key, server.Port) is { } made && made >= server.Start && !IsOver(made) && this.used.TryAdd(key, made);
    }

    private static bool IsOver(long made) => made < Now - LifetimeInMilliseconds;

    /// <summary>Null for a key that was not signed by the secret for this port. A second spelling of a key is null too: it would open the server again.</summary>
    private long? TimeOf(string key, int port)
    {
        var bytes = new byte[Length];
        if (!Convert.TryFromBase64String(ToBase64(key), bytes, out var written) || written != Length || !key.Equals(WebEncoders.Base64UrlEncode(bytes), StringComparison.Ordinal))
        {
            return null;
        }

        var signature = new byte[HMACSHA256.HashSizeInBytes];
        this.Sign(bytes.AsSpan(..SignedLength), port, signature);
        return CryptographicOperations.FixedTimeEquals(signature, bytes.AsSpan(SignedLength..)) ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : null;
    }

    private static string ToBase64(string base64Url) => base64Url.Replace('-', '+').Replace('_', '/') + Padding;

    private void Sign(ReadOnlySpan<byte> content, int port, Span<byte> signature)
    {
        Span<byte> signed = stackalloc byte[SignedLength + sizeof(int)];
        content.CopyTo(signed);
        BinaryPrimitives.WriteInt32LittleEndian(signed[SignedLength..], port);
        HMACSHA256.HashData(secret, signed, signature);
    }

    /// <summary>The server that a key is presented to.</summary>
    /// <param name="Port">The port at which the request has arrived.</param>
    /// <param name="Start">The time before which it served nothing.</param>
    internal sealed record Server(int Port, long Start);
}
