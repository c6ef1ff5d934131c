using Microsoft.CodeAnalysis.Diagnostics;

namespace SafeLaunch.Analyzers;

/// <summary>A rule that costs nothing where SafeLaunch is not referred to.</summary>
internal abstract class LaunchRule : DiagnosticAnalyzer
{
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (LaunchTypes.Find(start.Compilation) is { } types)
            {
                this.Register(start, types);
            }
        });
    }

    /// <summary>Registers the actions of the rule.</summary>
    /// <param name="context">The compilation.</param>
    /// <param name="types">The types that the compilation refers to.</param>
    protected abstract void Register(CompilationStartAnalysisContext context, LaunchTypes types);
}
