package dev.as2.daemon.api;

/**
 * What a caller is told when a call fails, as AWS names it: first what the model of the service
 * has, then what any of AWS's services may say.
 */
enum ErrorCode {
  INVALID_REQUEST("InvalidRequestException", 400, true),
  RESOURCE_NOT_FOUND("ResourceNotFoundException", 400, true),
  RESOURCE_EXISTS("ResourceExistsException", 400, true),
  INVALID_NEXT_TOKEN("InvalidNextTokenException", 400, true),
  SERVICE_UNAVAILABLE("ServiceUnavailableException", 500, true),
  INTERNAL_ERROR("InternalServiceError", 500, true),

  THROTTLING("ThrottlingException", 400, false),
  VALIDATION("ValidationException", 400, false),
  SERIALIZATION("SerializationException", 400, false),
  UNKNOWN_OPERATION("UnknownOperationException", 404, false),
  TOO_LARGE("RequestEntityTooLargeException", 413, false),
  MISSING_AUTHENTICATION("MissingAuthenticationTokenException", 403, false),
  INCOMPLETE_SIGNATURE("IncompleteSignatureException", 403, false),
  INVALID_SIGNATURE("InvalidSignatureException", 403, false),
  UNRECOGNIZED_CLIENT("UnrecognizedClientException", 403, false);

  private final String type;
  private final int status;
  private final boolean modelled;

  ErrorCode(String type, int status, boolean modelled) {
    this.type = type;
    this.status = status;
    this.modelled = modelled;
  }

  /** The name on the wire. */
  String type() {
    return type;
  }

  /** The HTTP status. */
  int status() {
    return status;
  }

  /** The member with the sentence: the model writes it with a capital, AWS's front door without. */
  String messageMember() {
    return modelled ? "Message" : "message";
  }
}
