using System.Diagnostics;

namespace SafeLaunch.Running;

/// <summary>The environment variables of a process, on top of those of this one.</summary>
internal static class ProcessEnvironment
{
    public static void Apply(Dictionary<string, string?> variables, ProcessStartInfo start)
    {
        foreach (var variable in variables)
        {
            if (variable.Value is null)
            {
                start.Environment.Remove(variable.Key);
            }
            else
            {
                start.Environment[variable.Key] = variable.Value;
            }
        }
    }
}
