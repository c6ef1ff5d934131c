using SafeLaunch.Commands;
using SafeLaunch.Running;

namespace SafeLaunch;

/// <summary>Launches of servers that are commands, written in any language.</summary>
/// <example>
/// <code>
/// using var handle = Launcher.ForCommand("uvicorn", ["app:app", "--port", "0"], options => options
///     .ReadyWhen(Ready.Output("running on (http://[^ ]+)"))).Start();
/// Console.WriteLine(handle.Address);
/// </code>
/// </example>
public static class CommandLauncherExtensions
{
#pragma warning disable CA1034 // It is no nested type.
    extension(Launcher)
#pragma warning restore CA1034
    {
        /// <summary>
        /// Makes the launcher of a command. Its process is ready when <see cref="LaunchOptions.ReadyWhen"/> says so, and prints into the logs of the
        /// launch. A stop sends SIGTERM to it and all processes that it has started; on Windows, it ends the standard input. What has not
        /// ended within <see cref="LaunchOptions.StopTimeout"/> is killed, and so is all that is left once the command has ended. A compiler from
        /// before C# 14 calls this as <c>CommandLauncherExtensions.ForCommand</c>.
        /// </summary>
        /// <param name="file">A name that is found on the PATH, or a path.</param>
        /// <param name="args">Its arguments; null for none.</param>
        /// <param name="configure">Sets how it is launched, at this call, and when it is ready.</param>
        /// <returns>The launcher.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="file"/> is null.</exception>
        /// <exception cref="ArgumentException">
        /// The file is blank, an argument is null, an option is out of its range or reaches no command, or ReadyWhen was not called.
        /// </exception>
        public static Launcher ForCommand(string file, IEnumerable<string>? args = null, Action<CommandOptions>? configure = null)
        {
            if (string.IsNullOrWhiteSpace(Guard.NotNull(file, nameof(file))))
            {
                throw new ArgumentException("The command is blank.", nameof(file));
            }

            string[] arguments = [.. args ?? []];
            if (Array.IndexOf(arguments, null) >= 0)
            {
                throw new ArgumentException($"An argument of the command '{file}' is null.", nameof(args));
            }

            var options = new CommandOptions { Name = Path.GetFileNameWithoutExtension(file) };
            configure?.Invoke(options);
            var plan = new CommandPlan(file, arguments, (CommandOptions)options.Validated(nameof(configure)), nameof(configure));
            return new(new ProcessSource(plan.Options, _ => new CommandRun(plan)));
        }
    }
}
