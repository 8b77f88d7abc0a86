package dev.as2.core;

/**
 * Where what is received goes.
 *
 * @param payload files that were accepted (AWS PayloadFilesDirectory)
 * @param mdn the MDNs that were sent (AWS MdnFilesDirectory)
 * @param status the JSON records (AWS StatusFilesDirectory)
 * @param failed what belongs to messages that were not accepted (AWS FailedFilesDirectory)
 * @param temporary files whose signature is not known yet (AWS TemporaryFilesDirectory)
 */
public record ReceiveFolders(
    FolderPath payload,
    FolderPath mdn,
    FolderPath status,
    FolderPath failed,
    FolderPath temporary) {
  /** The folders below a base directory: processed, failed and processing, as AWS makes them. */
  static ReceiveFolders below(FolderPath base) {
    FolderPath processed = base.folder("processed");
    return new ReceiveFolders(
        processed, processed, processed, base.folder("failed"), base.folder("processing"));
  }
}
