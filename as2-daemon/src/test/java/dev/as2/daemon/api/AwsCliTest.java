package dev.as2.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.daemon.aws.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AWS's own tools: the AWS CLI (1.45 or newer) and boto3, which have to be on this machine. */
class AwsCliTest extends ApiFixture {
  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    // Version 1 of the CLI reads --url from the web, unless it is told not to.
    Files.writeString(
        folder.resolve("credentials"),
        """
        [default]
        aws_access_key_id = %s
        aws_secret_access_key = %s
        region = %s
        cli_follow_urlparam = false
        """
            .formatted(ApiServer.KEY, ApiServer.SECRET, ApiServer.REGION));
    Files.writeString(folder.resolve("us.pem"), TestCertificates.own());
    Files.writeString(folder.resolve("us.key"), TestCertificates.ownKey());
    Files.writeString(folder.resolve("them.pem"), TestCertificates.own());
  }

  /** What a program printed. */
  private record Said(int exitCode, String out, String err) {}

  private Said run(List<String> command) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder program =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // No setting of whoever runs this test.
    program.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    program
        .environment()
        .putAll(
            Map.of(
                "AWS_SHARED_CREDENTIALS_FILE", folder.resolve("credentials").toString(),
                "AWS_CONFIG_FILE", folder.resolve("none").toString(),
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_ENDPOINT_URL_TRANSFER", api.endpoint().toString()));
    Process process;
    try {
      process = program.start();
    } catch (IOException e) {
      throw new AssertionError(
          "This test needs the program '"
              + command.get(0)
              + "': install the AWS CLI and boto3"
              + " (pip install awscli boto3).",
          e);
    }
    process.getOutputStream().close();
    int code = process.waitFor();
    return new Said(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  /** Runs {@code aws transfer}; words are separated by single spaces. */
  private Said aws(String words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("aws", "transfer"));
    command.addAll(List.of(words.split(" ")));
    return run(command);
  }

  private String printed(String words) throws IOException, InterruptedException {
    Said said = aws(words);
    assertThat(said.exitCode()).as("aws transfer " + words + ": " + said.err()).isZero();
    return said.out().strip();
  }

  @Test
  void aSessionFromCertificateToResult() throws Exception {
    String us =
        printed(
            "import-certificate --usage SIGNING --certificate file://us.pem --private-key"
                + " file://us.key --description ours --query CertificateId --output text");
    String them =
        printed(
            "import-certificate --usage ENCRYPTION --certificate file://them.pem --query"
                + " CertificateId --output text");
    String local =
        printed(
            "create-profile --as2-id US --profile-type LOCAL --certificate-ids "
                + us
                + " --query ProfileId --output text");
    String partner =
        printed(
            "create-profile --as2-id THEM --profile-type PARTNER --certificate-ids "
                + them
                + " --query ProfileId --output text");
    String connector =
        printed(
            "create-connector --url http://127.0.0.1:1/as2 --access-role "
                + Partnership.ROLE
                + " --as2-config LocalProfileId="
                + local
                + ",PartnerProfileId="
                + partner
                + ",EncryptionAlgorithm=AES256_CBC,SigningAlgorithm=SHA256,Compression=ZLIB"
                + " --tags Key=as2:retry-attempts,Value=2 --query ConnectorId --output text");
    String transfer =
        printed(
            "start-file-transfer --connector-id "
                + connector
                + " --send-file-paths /outbox/orders.edi --query TransferId --output text");

    String results =
        printed(
            "list-file-transfer-results --connector-id "
                + connector
                + " --transfer-id "
                + transfer);
    assertThat(Json.parse(results).at("/FileTransferResults/0/FilePath").asText())
        .isEqualTo("/outbox/orders.edi");
    assertThat(Json.parse(results).at("/FileTransferResults/0/StatusCode").asText())
        .isEqualTo("QUEUED");

    String described = printed("describe-certificate --certificate-id " + us);
    assertThat(Json.parse(described).at("/Certificate/ActiveDate").asLong())
        .isEqualTo(TestCertificates.FROM.getEpochSecond());
    assertThat(Json.parse(printed("list-connectors")).at("/Connectors/0/ConnectorId").asText())
        .isEqualTo(connector);
    assertThat(printed("test-connection --connector-id " + connector))
        .contains("Connection succeeded");
    printed("delete-connector --connector-id " + connector);
  }

  @Test
  void theCliShowsErrorsAsItShowsThoseOfAws() throws Exception {
    Said said = aws("describe-connector --connector-id c-00000000000000000");

    assertThat(said.exitCode()).isNotZero();
    assertThat(said.err())
        .contains(
            "An error occurred (ResourceNotFoundException) when calling the DescribeConnector"
                + " operation: Connector c-00000000000000000 does not exist.");
  }

  @Test
  void boto3SeesTheMembersOfErrorsAndGoesThroughPages() throws Exception {
    Files.writeString(
        folder.resolve("session.py"),
        """
        import boto3
        transfer = boto3.client("transfer")
        ids = [transfer.create_profile(As2Id="P%d" % i, ProfileType="PARTNER")["ProfileId"] for i in range(5)]
        pages = transfer.get_paginator("list_profiles").paginate(PaginationConfig={"PageSize": 2})
        assert [p["ProfileId"] for page in pages for p in page["Profiles"]] == ids
        try:
            transfer.describe_profile(ProfileId="p-00000000000000000")
        except transfer.exceptions.ResourceNotFoundException as e:
            assert e.response["ResourceType"] == "Profile", e.response
            assert e.response["Resource"] == "p-00000000000000000", e.response
            assert e.response["ResponseMetadata"]["HTTPStatusCode"] == 400, e.response
        transfer.update_profile(ProfileId=ids[0], CertificateIds=[])
        transfer.delete_profile(ProfileId=ids[0])
        print("done")
        """);

    Said said = run(List.of("python3", "session.py"));

    assertThat(said.err()).isEmpty();
    assertThat(said.out()).isEqualTo("done\n");
  }

  @Test
  void boto3SendsCustomHeaders() throws Exception {
    Partnership made = Partnership.create(sdk);
    Files.writeString(
        folder.resolve("session.py"),
        """
        import boto3
        boto3.client("transfer").start_file_transfer(
            ConnectorId="%s", SendFilePaths=["/a/b"],
            CustomHttpHeaders=[{"Key": "X-Priority", "Value": "high"}])
        """
            .formatted(made.connector()));

    Said said = run(List.of("python3", "session.py"));

    assertThat(said.err()).isEmpty();
    assertThat(state.take(made.connector()).get(0).order().headers().first("X-Priority"))
        .hasValue("high");
  }
}
