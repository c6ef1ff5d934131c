using Microsoft.Extensions.Configuration;

namespace SafeLaunch.InHost;

/// <summary>The keys that a section of the configuration may have.</summary>
/// <param name="keys">Each key, with how it sets an option of the target.</param>
internal sealed class OptionKeys<T>(IEnumerable<KeyValuePair<string, OptionKey<T>>> keys)
{
    private readonly Dictionary<string, OptionKey<T>> keys = new(keys, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> Names => this.keys.Keys;

    public bool Has(string key) => this.keys.ContainsKey(key);

    /// <summary>Sets the option that the key names.</summary>
    /// <returns>The fault of its value, with its path; null if it has none.</returns>
    public string? Set(T target, IConfigurationSection key)
    {
        if (this.keys[key.Key](target, key) is not { } expected)
        {
            return null;
        }

        return key.Value is null ? $"{key.Path} must be {expected}." : $"{key.Path} is '{key.Value}', and must be {expected}.";
    }
}
