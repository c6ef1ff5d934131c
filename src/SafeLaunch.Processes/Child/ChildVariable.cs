namespace SafeLaunch.Child;

/// <summary>The environment variables by which a process knows that it is a child, and whose.</summary>
/// <param name="address">Where its parent listens.</param>
/// <param name="token">The secret by which the parent knows it.</param>
/// <param name="folders">Where it finds the assemblies of SafeLaunch.</param>
internal sealed class ChildVariable(string address, string token, string[] folders)
{
    private const string Name = "SAFELAUNCH_CHILD";
    private const string Hooks = "DOTNET_STARTUP_HOOKS";
    private const char Separator = '|';

    public string Address { get; } = address;

    public string Token { get; } = token;

    public string[] Folders { get; } = folders;

    /// <summary>Whether this process was started as a child and has not served its parent.</summary>
    public static bool IsUntaken => Environment.GetEnvironmentVariable(Name) is not null;

    /// <summary>Takes the variables out of the environment, so that no process which the child starts has them. Null in a process that is no child.</summary>
    public static ChildVariable? Take()
    {
        if (Environment.GetEnvironmentVariable(Name)?.Split(Separator) is not { Length: >= 2 } parts)
        {
            return null;
        }

        Environment.SetEnvironmentVariable(Name, value: null);
        var hooks = (Environment.GetEnvironmentVariable(Hooks) ?? "").Split(Path.PathSeparator);
        var others = string.Join(Path.PathSeparator.ToString(), hooks.Take(hooks.Length - 1));
        Environment.SetEnvironmentVariable(Hooks, others.Length == 0 ? null : others);
        return new(parts[0], parts[1], [.. parts.Skip(2)]);
    }

    /// <summary>The hook comes behind the other hooks, since it does not return.</summary>
    public void AddTo(IDictionary<string, string?> environment, string hook)
    {
        environment.TryGetValue(Hooks, out var others);
        environment[Hooks] = string.IsNullOrEmpty(others) ? hook : others + Path.PathSeparator + hook;
        environment[Name] = string.Join(Separator.ToString(), [this.Address, this.Token, .. this.Folders]);
    }
}
