using System.Text.Json.Nodes;
using NeuralMask.Grains.Inference.Manifests;

namespace NeuralMask.Hosting.Tests.Models;

public sealed class BrokenManifestTests
{
    private const string Hash = "0000000000000000000000000000000000000000000000000000000000000000";

    private const string Whole = $$"""
        {
          // Comments are allowed.
          "schema": "neuralmask.model/1", "id": "tiny", "version": "1", "summary": "A test.",
          "licence": { "weights": "MIT", "weightsUrl": "https://example.org/", "commercial": true, "mayBeResold": true },
          "files": [
            {
              "name": "tiny.onnx", "precision": "fp32", "providers": ["cpu"], "bytes": 1, "sha256": "{{Hash}}",
              "verified": true, "sources": [ { "url": "https://example.org/tiny.onnx" } ],
              "data": [ { "name": "tiny.data", "bytes": 1, "sha256": "{{Hash}}", "sources": [ { "file": "/tiny.data" } ] } ]
            }
          ],
          "defaultFile": "tiny.onnx",
          "input": { "width": 64, "height": 64, "scale": 1, "mean": [0, 0, 0], "std": [1, 1, 1] },
          "output": { "activation": "none" },
        }
        """;

    [Fact]
    public void The_manifest_that_the_others_are_broken_from_is_whole() =>
        Assert.Equal("tiny", ModelManifestReader.Parse(Whole, "model.json").Id);

    [Theory]
    [InlineData("schema", "\"neuralmask.model/2\"", "schema is 'neuralmask.model/2'; write 'neuralmask.model/1'")]
    [InlineData("id", "\"Tiny\"", "id is 'Tiny'; write")]
    [InlineData("id", "\"../tiny\"", "id is '../tiny'; write")]
    [InlineData("id", "\"a..b\"", "id is 'a..b'; write")]
    [InlineData("id", "\"tiny\\n\"", "id is 'tiny\n'; write")]
    [InlineData("version", "\" \"", "version is empty; write")]
    [InlineData("licence.weightsUrl", "\"http://example.org\"", "licence.weightsUrl is 'http://example.org'; write an https address")]
    [InlineData("files", "[]", "files is empty; list")]
    [InlineData("files", "[null]", "files[0] is null; write")]
    [InlineData("files[0].name", "\"a/b.onnx\"", "files[0].name is 'a/b.onnx'; write a bare file name")]
    [InlineData("files[0].name", "\"a\\\\b.onnx\"", "files[0].name is 'a\\b.onnx'; write a bare file name")]
    [InlineData("files[0].name", "\"..\"", "files[0].name is '..'; write a bare file name")]
    [InlineData("files[0].name", "\"tiny.record.json\"", "files[0].name is 'tiny.record.json'; write a bare file name")]
    [InlineData("files[0].precision", "7", "files[0].precision is 7; write")]
    [InlineData("files[0].precision", "\"fp64\"", "files[0].precision (line ")]
    [InlineData("files[0].providers", "[]", "files[0].providers is empty; list")]
    [InlineData("files[0].providers", "[\"metal\"]", "files[0].providers has 'metal'; write one of cpu, cuda, tensorrt")]
    [InlineData("files[0].bytes", "0", "files[0].bytes is 0; write")]
    [InlineData("files[0].bytes", "null", "files[0].bytes is missing though the file is verified; write")]
    [InlineData("files[0].sha256", "\"ABC\"", "files[0].sha256 is 'ABC'; write 64 lower-case")]
    [InlineData("files[0].sha256", "null", "files[0].sha256 is missing though the file is verified; write")]
    [InlineData("files[0].data[0].sha256", "null", "files[0].data[0].sha256 is missing though the file is verified; write")]
    [InlineData("files[0].data[0].name", "\"TINY.onnx\"", "files[0].data[0].name is 'TINY.onnx' a second time; give")]
    [InlineData("files[0].data[0].sources", "[]", "files[0].data[0].sources is empty; list")]
    [InlineData("files[0].sources", "[{}]", "files[0].sources[0] has 0 of url, file and npm; write exactly one")]
    [InlineData("files[0].sources", "[{\"url\":\"https://a/\",\"file\":\"/a\"}]", "files[0].sources[0] has 2 of url, file and npm; write exactly one")]
    [InlineData("files[0].sources[0].url", "\"http://example.org/\"", "files[0].sources[0].url is 'http://example.org/'; write an https address")]
    [InlineData("files[0].sources[0].url", "\"https://me:secret@example.org/\"", "; write an https address without a user name")]
    [InlineData("files[0].sources[0].entry", "\"a\"", "files[0].sources[0].entry and chunks name things inside an npm package; remove")]
    [InlineData("files[0].sources", "[{\"npm\":\"tiny\",\"entry\":\"a\"}]", "files[0].sources[0].npm is 'tiny'; write a package and its exact version")]
    [InlineData("files[0].sources", "[{\"npm\":\"--registry@1.0.0\",\"entry\":\"a\"}]", "files[0].sources[0].npm is '--registry@1.0.0'; write")]
    [InlineData("files[0].sources", "[{\"npm\":\"tiny@1.0.0\"}]", "files[0].sources[0].entry is missing; write")]
    [InlineData("files[0].sources", "[{\"npm\":\"tiny@1.0.0\",\"entry\":\"../a\"}]", "files[0].sources[0].entry is '../a'; write a relative path")]
    [InlineData("files[0].sources", "[{\"npm\":\"tiny@1.0.0\",\"entry\":\"a\",\"chunks\":\"/b\"}]", "files[0].sources[0].chunks is '/b'; write a relative path")]
    [InlineData("defaultFile", "\"other.onnx\"", "defaultFile is 'other.onnx', which is not among files; write")]
    [InlineData("input.width", "0", "input.width is 0; write a number of pixels")]
    [InlineData("input.multipleOf", "0", "input.multipleOf is 0; write")]
    [InlineData("input.multipleOf", "24", "input.width is 64, no multiple of input.multipleOf; write a multiple of 24")]
    [InlineData("input.scale", "0", "input.scale is 0; write a number above 0")]
    [InlineData("input.mean", "[0, 0]", "input.mean has 2 values; write 3")]
    [InlineData("input.std", "[1, 0, 1]", "input.std is [1, 0, 1]; write 3")]
    [InlineData("input.name", "\"\"", "input.name is empty; write")]
    [InlineData("input.resize", "\"short-side\"", "input.referenceSide is missing, and 'short-side' needs it; write")]
    [InlineData("input.resize", "\"short-side\"", "write input.dynamic true")]
    [InlineData("input.referenceSide", "32", "input.referenceSide counts only where input.resize is 'short-side'; remove")]
    [InlineData("output.activation", "\"softmax\"", "output.classes is 1; write")]
    [InlineData("output.classes", "4", "output.classes is 4; write 1")]
    [InlineData("output.width", "768", "output.width and output.height belong together; write")]
    [InlineData("output.activaton", "\"none\"", "output.activaton (line ")]
    [InlineData("output.activaton", "\"none\"", "is not a field that this release knows; correct its spelling or remove it")]
    [InlineData("batch", "{\"max\":0}", "batch.max is 0; write")]
    [InlineData("selfTest", "{\"maxMeanError\":2}", "selfTest.maxMeanError is 2; write")]
    [InlineData("selfTest", "{\"subjectMin\":0.01}", "selfTest.backgroundMax is 0.02; write a value below")]
    [InlineData("summary", "null", "summary (line ")]
    public void A_broken_field_is_named_with_what_to_write_instead(string field, string value, string sentence)
    {
        var manifest = JsonNode.Parse(Whole, documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        Set(manifest, field, JsonNode.Parse(value));

        var error = Assert.Throws<ModelException>(() => ModelManifestReader.Parse(manifest.ToJsonString(), "models/tiny/model.json"));

        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("models/tiny/model.json: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_field_is_named()
    {
        var error = Assert.Throws<ModelException>(() => ModelManifestReader.Parse(Whole.Replace("\"scale\": 1,", "", StringComparison.Ordinal), "model.json"));

        Assert.Contains("input", error.Message, StringComparison.Ordinal);
        Assert.Contains("lacks 'scale'; add it", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"schema\":")]
    [InlineData("{\"schema\":\"a\",\"schema\":\"b\"}")]
    public void What_is_no_manifest_at_all_is_refused_with_the_files_name(string json)
    {
        var error = Assert.Throws<ModelException>(() => ModelManifestReader.Parse(json, "model.json"));

        Assert.StartsWith("model.json: ", error.Message, StringComparison.Ordinal);
    }

    private static void Set(JsonNode root, string field, JsonNode? value)
    {
        var steps = field.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        var parent = steps[..^1].Aggregate(root, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
        if (int.TryParse(steps[^1], out var last))
        {
            parent[last] = value;
        }
        else
        {
            parent[steps[^1]] = value;
        }
    }
}
