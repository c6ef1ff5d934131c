using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace SafeLaunch.CodeFixes;

/// <summary>The fix of one rule: it replaces one node.</summary>
/// <param name="id">The id of the rule.</param>
internal abstract class LaunchFix(string id) : CodeFixProvider
{
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(id);

    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        (context, document, diagnostics) => this.FixAllAsync(document, diagnostics, context.CancellationToken));

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is { } node && this.EditOf(node, diagnostic) is { } edit)
            {
                context.RegisterCodeFix(CodeAction.Create(edit.Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(edit.ApplyTo(root))), diagnostic.Id), diagnostic);
            }
        }
    }

    /// <summary>Finds the change that mends the code; null where there is none.</summary>
    /// <param name="node">The node that the diagnostic is about.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    protected abstract Edit? EditOf(SyntaxNode node, Diagnostic diagnostic);

    /// <summary>Mends one place after the other, so that each new variable gets a name which the ones before do not have.</summary>
    private async Task<Document?> FixAllAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
        {
            return null;
        }

        var places = diagnostics
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(diagnostic => (Node: root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), Diagnostic: diagnostic))
            .ToList();
        root = root.TrackNodes(places.Select(place => place.Node));
        foreach (var (node, diagnostic) in places)
        {
            if (root.GetCurrentNode(node) is { } current && this.EditOf(current, diagnostic) is { } edit)
            {
                root = edit.ApplyTo(root);
            }
        }

        return document.WithSyntaxRoot(root);
    }
}
