using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers.Rules;

/// <summary>SL0008: the launched code reads a key of the configuration before it builds its host, and so before the options set it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class EarlyConfigurationAnalyzer : LaunchRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.EarlyConfiguration,
        "Pass a key that is read before the host is built as an argument",
        "The launched code reads '{0}' before it builds its host, and so does not get this value: pass it as an argument, or launch the program by ForProgram",
        DiagnosticIds.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Configuration is applied when the host is built. Code that reads builder.Configuration before that gets the old value; ForProgram passes the keys as arguments too.",
        helpLinkUri: DiagnosticIds.PageOf(DiagnosticIds.EarlyConfiguration));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    protected override void Register(CompilationStartAnalysisContext context, LaunchTypes types) =>
        context.RegisterOperationAction(operation => Analyze(operation, types), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, LaunchTypes types)
    {
        if (LaunchCall.Of(context.Operation, types) is not { } launch)
        {
            return;
        }

        var entries = launch.OptionLambdas()
            .SelectMany(options => options.Descendants())
            .Select(operation => (Operation: operation, ConfigurationEntry.Of(operation, types)?.Key))
            .Where(entry => entry.Key is not null)
            .ToList();
        if (entries.Count == 0)
        {
            return;
        }

        var early = new HashSet<string>(CodeOf(launch.Delegate).SelectMany(EarlyReads.In), StringComparer.OrdinalIgnoreCase);
        foreach (var (operation, key) in entries.Where(entry => early.Contains(entry.Key!)))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, operation.Syntax.GetLocation(), key));
        }
    }

    /// <summary>The code of the delegate, and that of the methods that it calls.</summary>
    private static IEnumerable<SyntaxNode> CodeOf(IOperation code) => code switch
    {
        IMethodReferenceOperation group => Declarations(group.Method),
        IAnonymousFunctionOperation lambda => lambda.Body.OwnDescendants().OfType<IInvocationOperation>()
            .SelectMany(call => Declarations(call.TargetMethod))
            .Prepend(lambda.Body.Syntax),
        _ => [],
    };

    private static IEnumerable<SyntaxNode> Declarations(IMethodSymbol method) => method.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax());
}
