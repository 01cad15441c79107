using System.Text;
using Conformance.Tests.Harness;
using Knowledge.Rdf;
using Knowledge.Sparql;

namespace Conformance.Tests.Sparql;

/// <summary>Tests of what is a query and what is none.</summary>
internal static class SyntaxTest
{
    /// <summary>The text must be taken.</summary>
    public static void Accepts(ManifestEntry entry, bool isUpdate) => Parse(entry, isUpdate);

    /// <summary>The text must be refused.</summary>
    public static void Rejects(ManifestEntry entry, bool isUpdate)
    {
        try
        {
            Parse(entry, isUpdate);
        }
        catch (RdfSyntaxException)
        {
            return;
        }

        throw new TestFailedException("It was parsed without an error.");
    }

    private static void Parse(ManifestEntry entry, bool isUpdate)
    {
        var iri = ((Iri)entry.Action).Value;
        var text = Encoding.UTF8.GetString(entry.Corpus.Bytes(iri));
        var options = new SparqlSyntaxOptions { BaseIri = iri };
        if (isUpdate)
            SparqlUpdate.Parse(text, options);
        else
            SparqlQuery.Parse(text, options);
    }
}
