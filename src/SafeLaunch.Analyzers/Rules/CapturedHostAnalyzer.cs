using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers.Rules;

/// <summary>SL0007: options would configure a host that was built before its launch.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class CapturedHostAnalyzer : LaunchRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.CapturedHost,
        "Build the host inside the delegate that these options configure",
        "'{0}' fails the start, because '{1}' is built before the launch: build it inside of the delegate, or leave the option out",
        DiagnosticIds.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Options are applied while a host is built. A host that the delegate only captures has been built, and the start fails.",
        helpLinkUri: DiagnosticIds.PageOf(DiagnosticIds.CapturedHost));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    protected override void Register(CompilationStartAnalysisContext context, LaunchTypes types) =>
        context.RegisterOperationAction(operation => Analyze(operation, types), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, LaunchTypes types)
    {
        if (LaunchCall.Of(context.Operation, types) is not { } launch || CapturedHost(launch.Delegate, types) is not { } host)
        {
            return;
        }

        foreach (var option in launch.OptionLambdas().SelectMany(options => options.Descendants()))
        {
            if (OptionOfHost(option, types) is { } name)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, option.Syntax.GetLocation(), name, host.Name));
            }
        }
    }

    private static ISymbol? CapturedHost(IOperation code, LaunchTypes types) => code switch
    {
        IMethodReferenceOperation { Instance: { } host } group when group.Method.Name is "Run" or "RunAsync" or "Start" or "StartAsync" && IsHost(host, types) =>
            host.Unwrapped().ReferredSymbol(),
        IAnonymousFunctionOperation lambda => lambda.Descendants().OfType<IInvocationOperation>().Select(call => CapturedHost(call, lambda, types)).FirstOrDefault(host => host is not null),
        _ => null,
    };

    private static ISymbol? CapturedHost(IInvocationOperation call, IAnonymousFunctionOperation lambda, LaunchTypes types) =>
        call.TargetMethod.Name is "Run" or "RunAsync" or "Start" or "StartAsync"
        && call.Receiver() is { } receiver
        && IsHost(receiver, types)
        && receiver.ReferredSymbol() is { } host
        && IsMadeOutside(host, lambda)
            ? host
            : null;

    /// <summary>A property or an object behind another one may make its host when it is read.</summary>
    private static bool IsMadeOutside(ISymbol host, IAnonymousFunctionOperation lambda) => host switch
    {
        ILocalSymbol or IParameterSymbol => !IsDeclaredIn(host, lambda) && !IsAssignedIn(host, lambda),
        IFieldSymbol { IsStatic: false } => !IsAssignedIn(host, lambda) && lambda.Body.Operations.Count(statement => !statement.IsImplicit || statement is not IReturnOperation { ReturnedValue: null }) == 1,
        _ => false,
    };

    private static bool IsHost(IOperation host, LaunchTypes types) => host.Unwrapped().Type.Is(types.Host);

    private static bool IsDeclaredIn(ISymbol host, IAnonymousFunctionOperation lambda) =>
        host.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == lambda.Syntax.SyntaxTree && lambda.Syntax.Span.Contains(reference.Span));

    private static bool IsAssignedIn(ISymbol host, IAnonymousFunctionOperation lambda) => lambda.Descendants().OfType<IAssignmentOperation>()
        .Any(assignment => SymbolEqualityComparer.Default.Equals(assignment.Target.ReferredSymbol(), host));

    /// <summary>The name of an option that changes an app host; null for any other operation.</summary>
    private static string? OptionOfHost(IOperation operation, LaunchTypes types) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "ConfigureServices" or "ConfigureAppHost", ContainingType: var type } method } when type.IsSame(types.Options) => method.Name,
        IInvocationOperation { TargetMethod: { Name: "UseLoopback" or "UseUrls" or "UseUnixSocket" or "GuardAccess" or "UseTimeProvider", ContainingType: var type } method } when type.IsOfSafeLaunch() => method.Name,
        _ when ConfigurationEntry.Of(operation, types) is not null => "Configuration",
        _ => null,
    };
}
