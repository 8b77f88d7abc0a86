package dev.as2.interop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import dev.as2.conformance.Catalogue;
import dev.as2.core.As2Id;
import dev.as2.daemon.As2Command;
import dev.as2.mime.Headers;
import dev.as2.s3.S3FileStore;
import dev.as2.transport.NettyAs2Client;
import java.net.URI;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What ARCHITECTURE.md says of modules and arrows, held against the compiled classes. */
class ArchitectureTest {
  private static final String NETTY = "io.netty..";
  private static final String AWS = "software.amazon.awssdk..";
  private static final String AWS_S3 = "software.amazon.awssdk.services.s3..";

  /** Of each module one class. Tests may know more than what they test, and are not looked at. */
  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .importLocations(
              Stream.of(
                      Headers.class,
                      As2Id.class,
                      NettyAs2Client.class,
                      Catalogue.class,
                      S3FileStore.class,
                      As2Command.class)
                  .map(ArchitectureTest::moduleOf)
                  .toList());

  /** Where its module is, as a search of the whole class path takes half a minute. */
  private static Location moduleOf(Class<?> type) {
    String place =
        Objects.requireNonNull(type.getProtectionDomain().getCodeSource()).getLocation().toString();
    return Location.of(URI.create(place.endsWith(".jar") ? "jar:" + place + "!/" : place));
  }

  @Test
  void arrowsPointFromTheCommandToTheMimeLayersAndNeverSideways() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("mime")
        .definedBy("dev.as2.mime..")
        .layer("core")
        .definedBy("dev.as2.core..")
        .layer("transport")
        .definedBy("dev.as2.transport..")
        .layer("conformance")
        .definedBy("dev.as2.conformance..")
        .layer("s3")
        .definedBy("dev.as2.s3..")
        .layer("daemon")
        .definedBy("dev.as2.daemon..")
        .whereLayer("mime")
        .mayNotAccessAnyLayer()
        .whereLayer("core")
        .mayOnlyAccessLayers("mime")
        .whereLayer("transport")
        .mayOnlyAccessLayers("core", "mime")
        .whereLayer("conformance")
        .mayOnlyAccessLayers("core", "mime")
        .whereLayer("s3")
        .mayOnlyAccessLayers("core", "mime")
        .whereLayer("daemon")
        .mayNotBeAccessedByAnyLayer()
        .check(PRODUCTION);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.as2.(**)").should().beFreeOfCycles().check(PRODUCTION);
  }

  @Test
  void onlyTheTransportTouchesNetty() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.as2.transport..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(NETTY)
        .check(PRODUCTION);
  }

  @Test
  void onlyTheS3StoreTouchesS3AndOnlyTheDaemonTheRestOfTheAwsSdk() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.as2.s3..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(AWS_S3)
        .check(PRODUCTION);
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.as2.s3..", "dev.as2.daemon..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(AWS)
        .check(PRODUCTION);
  }

  /** Each may access those that stand before it, as far as it is told. */
  @Test
  void packagesOfTheDaemonPointFromTheCommandToTheShapesOfAws() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("aws")
        .definedBy("dev.as2.daemon.aws")
        .layer("state")
        .definedBy("dev.as2.daemon.state")
        .layer("stores")
        .definedBy("dev.as2.daemon.stores")
        .layer("queue")
        .definedBy("dev.as2.daemon.queue")
        .layer("api")
        .definedBy("dev.as2.daemon.api")
        .layer("console")
        .definedBy("dev.as2.daemon.console")
        .layer("serve")
        .definedBy("dev.as2.daemon.serve")
        .layer("command")
        .definedBy("dev.as2.daemon")
        .whereLayer("aws")
        .mayNotAccessAnyLayer()
        .whereLayer("state")
        .mayOnlyAccessLayers("aws")
        .whereLayer("stores")
        .mayOnlyAccessLayers("aws")
        .whereLayer("queue")
        .mayOnlyAccessLayers("state", "aws")
        .whereLayer("api")
        .mayOnlyAccessLayers("state", "aws")
        .whereLayer("console")
        .mayOnlyAccessLayers("state", "aws")
        .whereLayer("serve")
        .mayOnlyBeAccessedByLayers("command")
        .check(PRODUCTION);
  }

  @Test
  void onlyTheStateKnowsWhichDatabaseThereIs() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.as2.daemon.state")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.sqlite..", "org.postgresql..", "com.zaxxer.hikari..", "org.flywaydb..")
        .check(PRODUCTION);
  }

  @Test
  void mimeKnowsNothingOfWhatCoreIsMadeOf() {
    noClasses()
        .that()
        .resideInAPackage("dev.as2.mime..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.as2.core..", "dev.failsafe..", "com.fasterxml.jackson..")
        .check(PRODUCTION);
  }

  @Test
  void librariesLeaveTheStandardStreamsToTheCommand() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.as2.daemon..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(PRODUCTION);
  }

  @Test
  void whatIsDrawnCannotBeForetold() {
    noClasses()
        .should()
        .callConstructor(Random.class)
        .orShould()
        .callConstructor(Random.class, long.class)
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.(SplittableRandom|concurrent\\.ThreadLocalRandom)")
        .because("ids, boundaries and keys are drawn from SecureRandom")
        .check(PRODUCTION);
  }

  @Test
  void nobodySleeps() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class, int.class)
        .because("waiting is done by schedulers, and no thread waits for a partner")
        .check(PRODUCTION);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helper|Manager|Impl)(\\$.*)?")
        .orShould()
        .haveNameMatching(".*\\.Abstract[A-Z].*")
        .check(PRODUCTION);
  }
}
