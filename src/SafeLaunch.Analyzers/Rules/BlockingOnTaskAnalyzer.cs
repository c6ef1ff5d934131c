using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers.Rules;

/// <summary>SL0004: code blocks on a task of a launch.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BlockingOnTaskAnalyzer : LaunchRule
{
    /// <summary>The property of a diagnostic that has the method which blocks by itself; absent where there is none.</summary>
    public const string Replacement = nameof(Replacement);

    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.BlockingOnTask,
        "Do not block on a task of a launch",
        "This blocks on the task of '{0}': {1}",
        DiagnosticIds.Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "Start and Stop are made to be blocked in, and throw the exception itself. A thread that blocks on the other tasks serves nothing meanwhile, while the launch may need it.",
        helpLinkUri: DiagnosticIds.PageOf(DiagnosticIds.BlockingOnTask));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    protected override void Register(CompilationStartAnalysisContext context, LaunchTypes types) => context.RegisterOperationAction(
        operation => Analyze(operation, types),
        OperationKind.Invocation,
        OperationKind.PropertyReference);

    private static void Analyze(OperationAnalysisContext context, LaunchTypes types)
    {
        if (BlockedTask(context.Operation)?.Unwrapped() is not { } task || MemberOf(task, types) is not { } member)
        {
            return;
        }

        var replacement = SynchronousMethod(task, types);
        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            context.Operation.Syntax.GetLocation(),
            replacement is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(Replacement, replacement),
            member,
            replacement is null ? "await it" : $"await it, or call {replacement}"));
    }

    /// <summary>The task that an operation blocks on without a bound; null if it does not.</summary>
    private static IOperation? BlockedTask(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } => task,
        IInvocationOperation { TargetMethod: { Name: "Wait", Parameters.IsEmpty: true }, Instance: { } task } => task,
        IInvocationOperation { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } awaited } } =>
            awaited.Unwrapped() is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } ? task : awaited,
        _ => null,
    };

    private static string? MemberOf(IOperation task, LaunchTypes types) => task switch
    {
        IInvocationOperation { TargetMethod: { Name: "StartAsync" or "RestartAsync" or "StopAsync", ContainingType: var type } method } when types.Starts(type) => method.Name,
        IInvocationOperation { TargetMethod: { Name: "StopAsync" or "InvokeAsync", ContainingType: var type } method } when type.IsSame(types.Handle) => method.Name,
        IPropertyReferenceOperation { Property: { Name: "Completion", ContainingType: var type } } when type.IsSame(types.Handle) && !MayHaveEnded(task) => "Completion",
        _ => null,
    };

    /// <summary>Code that has stopped the launch, or has looked at its state, may know that the task has completed.</summary>
    private static bool MayHaveEnded(IOperation task) => task.Outermost().Descendants().Any(earlier =>
        earlier.Syntax.SpanStart < task.Syntax.SpanStart
        && earlier is IInvocationOperation { TargetMethod.Name: "Stop" or "StopAsync" or "RequestStop" or "Dispose" or "DisposeAsync" }
            or IPropertyReferenceOperation { Property.Name: "State" or "Completion" or "IsCompleted" }
        && earlier != task);

    private static string? SynchronousMethod(IOperation task, LaunchTypes types) => task switch
    {
        IInvocationOperation { TargetMethod: { Name: "StartAsync", ContainingType: var type } } start when !type.IsSame(types.Launches) && HasNoToken(start) => "Start",
        IInvocationOperation { TargetMethod: { Name: "StopAsync", ContainingType: var type } } stop when type.IsSame(types.Handle) && HasNoToken(stop) => "Stop",
        _ => null,
    };

    private static bool HasNoToken(IInvocationOperation call) => call.Arguments.All(argument => argument.ArgumentKind == ArgumentKind.DefaultValue);
}
