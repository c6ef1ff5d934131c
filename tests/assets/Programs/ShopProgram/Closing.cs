namespace ShopProgram;

/// <summary>What the program does after its host has stopped, before its <c>Main</c> returns.</summary>
public class Closing
{
    public virtual void Finish()
    {
    }
}
