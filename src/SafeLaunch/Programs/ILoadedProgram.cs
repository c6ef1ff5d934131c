using System.Reflection;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Programs;

/// <summary>The code of a program while one launch uses it.</summary>
internal interface ILoadedProgram
{
    MethodInfo Main { get; }

    /// <summary>The launch has ended, and its delegate too: nothing of the code runs any longer.</summary>
    void Release(string launch, ILogger logger);
}
