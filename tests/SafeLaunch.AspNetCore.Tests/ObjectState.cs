using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace SafeLaunch.AspNetCore.Tests;

/// <summary>All that an object of SafeLaunch holds, in lines: its fields, the items of its collections, and what they hold in turn.</summary>
internal sealed class ObjectState
{
    private readonly HashSet<object> seen = new(ReferenceEqualityComparer.Instance);

    public List<string> Lines { get; } = [];

    public void Add(string path, object? value)
    {
        switch (value)
        {
            case null or string or ValueType:
                this.Lines.Add($"{path} = {value}");
                break;
            case IDictionary entries:
                foreach (DictionaryEntry entry in entries)
                {
                    this.Add($"{path}[{entry.Key}]", entry.Value);
                }

                break;
            case IEnumerable items:
                foreach (var item in items)
                {
                    this.Add($"{path}[]", item);
                }

                break;
            case var other when IsOfSafeLaunch(other.GetType()):
                if (this.seen.Add(other))
                {
                    this.AddFieldsOf(path, other);
                }

                break;
            default:
                // Code, and objects of callers and of the framework, count as themselves.
                this.Lines.Add($"{path} = {value.GetType()} {RuntimeHelpers.GetHashCode(value)}");
                break;
        }
    }

    private static bool IsOfSafeLaunch(Type type) => type.Assembly.GetName().Name!.StartsWith("SafeLaunch", StringComparison.Ordinal);

    private void AddFieldsOf(string path, object value)
    {
        for (var type = value.GetType(); type is not null && IsOfSafeLaunch(type); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                this.Add($"{path}.{field.Name}", field.GetValue(value));
            }
        }
    }
}
