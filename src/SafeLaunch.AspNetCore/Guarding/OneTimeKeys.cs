using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace SafeLaunch.Guarding;

/// <summary>
/// Keys for the command line of a browser, which other users of the machine can read while it runs: each opens the server once, and
/// soon. A key is its deadline, a random number, and a signature of both, so that a server in another process accepts it too.
/// </summary>
/// <param name="secret">Signs them. All processes of a launch have the same.</param>
internal sealed class OneTimeKeys(byte[] secret)
{
    private const int DeadlineLength = sizeof(long);
    private const int SignedLength = DeadlineLength + 16;
    private const int Length = SignedLength + HMACSHA256.HashSizeInBytes;

    /// <summary>What base64 has after so many bytes, and the key leaves out.</summary>
    private const string Padding = "=";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, long> used = new(StringComparer.Ordinal);

    /// <summary>The clock of the machine, which all of its processes share.</summary>
    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public string Create()
    {
        var key = new byte[Length];
        BinaryPrimitives.WriteInt64LittleEndian(key, Now + (long)Lifetime.TotalMilliseconds);
        RandomNumberGenerator.Fill(key.AsSpan(DeadlineLength..SignedLength));
        HMACSHA256.HashData(secret, key.AsSpan(..SignedLength), key.AsSpan(SignedLength..));
        return WebEncoders.Base64UrlEncode(key);
    }

    public bool TryUse(string key)
    {
        foreach (var old in this.used.Where(use => use.Value < Now))
        {
            this.used.TryRemove(old);
        }

        return this.DeadlineOf(key) is { } deadline && deadline >= Now && this.used.TryAdd(key, deadline);
    }

    /// <summary>Null for a key that was not signed by the secret. A second spelling of a key is null too: it would open the server again.</summary>
    private long? DeadlineOf(string key)
    {
        var bytes = new byte[Length];
        if (!Convert.TryFromBase64String(ToBase64(key), bytes, out var written) || written != Length || !key.Equals(WebEncoders.Base64UrlEncode(bytes), StringComparison.Ordinal))
        {
            return null;
        }

        var signature = HMACSHA256.HashData(secret, bytes.AsSpan(..SignedLength));
        return CryptographicOperations.FixedTimeEquals(signature, bytes.AsSpan(SignedLength..)) ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : null;
    }

    private static string ToBase64(string base64Url) => base64Url.Replace('-', '+').Replace('_', '/') + Padding;
}
