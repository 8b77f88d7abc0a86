package dev.as2.daemon.api;

import dev.as2.daemon.api.ApiHandler.Parts;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All operations by their names. */
final class Operations {
  private final Map<String, Operation> byName = new TreeMap<>();

  Operations(Parts parts) {
    Catalog catalog =
        new Catalog(parts.resources(), new Arns(parts.region(), parts.account()), parts.quotas());
    connectors(new ConnectorOperations(catalog, parts.random()));
    profiles(new ProfileOperations(catalog, parts.random()));
    certificates(new CertificateOperations(catalog, parts.clock(), parts.random()));
    agreements(new AgreementOperations(catalog, parts.random()));
    TransferOperations transfers = new TransferOperations(catalog, parts.transfers());
    byName.put("StartFileTransfer", transfers::start);
    byName.put("ListFileTransferResults", transfers::results);
    byName.put("TestConnection", new TestConnection(catalog, parts.probe())::test);
    TagOperations tags = new TagOperations(catalog);
    byName.put("TagResource", tags::tag);
    byName.put("UntagResource", tags::untag);
    byName.put("ListTagsForResource", tags::list);
  }

  private void connectors(ConnectorOperations connectors) {
    byName.put("CreateConnector", connectors::create);
    byName.put("DescribeConnector", connectors::describe);
    byName.put("UpdateConnector", connectors::update);
    byName.put("ListConnectors", connectors::list);
    byName.put("DeleteConnector", connectors::delete);
  }

  private void profiles(ProfileOperations profiles) {
    byName.put("CreateProfile", profiles::create);
    byName.put("DescribeProfile", profiles::describe);
    byName.put("UpdateProfile", profiles::update);
    byName.put("ListProfiles", profiles::list);
    byName.put("DeleteProfile", profiles::delete);
  }

  private void certificates(CertificateOperations certificates) {
    byName.put("ImportCertificate", certificates::importCertificate);
    byName.put("DescribeCertificate", certificates::describe);
    byName.put("UpdateCertificate", certificates::update);
    byName.put("ListCertificates", certificates::list);
    byName.put("DeleteCertificate", certificates::delete);
  }

  private void agreements(AgreementOperations agreements) {
    byName.put("CreateAgreement", agreements::create);
    byName.put("DescribeAgreement", agreements::describe);
    byName.put("UpdateAgreement", agreements::update);
    byName.put("ListAgreements", agreements::list);
    byName.put("DeleteAgreement", agreements::delete);
  }

  Optional<Operation> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
