defmodule Record.Headers do
  @moduledoc false

  # The headers of OTP whose records programs use, as far as they use them: OTP itself is not there to read them from.

  @doc "The text of a header, or `nil`."
  def text("kernel/include/file.hrl") do
    """
    -record(file_info, {size, type, access, atime, mtime, ctime, mode, links,
                        major_device, minor_device, inode, uid, gid}).
    -record(file_descriptor, {module, data}).
    """
  end

  def text("xmerl/include/xmerl.hrl") do
    """
    -record(xmlDecl, {vsn, encoding, standalone, attributes}).
    -record(xmlAttribute, {name, expanded_name = [], nsinfo = [], namespace = [], parents = [], pos,
                           language = [], value, normalized}).
    -record(xmlNamespace, {default = [], nodes = []}).
    -record(xmlNsNode, {parents = [], pos, prefix, uri = []}).
    -record(xmlElement, {name, expanded_name = [], nsinfo = [], namespace = #xmlNamespace{}, parents = [], pos,
                         attributes = [], content = [], language = [], xmlbase = [], elementdef = undeclared}).
    -record(xmlText, {parents = [], pos, language = [], value, type = text}).
    -record(xmlComment, {parents = [], pos, language = [], value}).
    -record(xmlPI, {name, parents = [], pos, value}).
    -record(xmlDocument, {content}).
    """
  end

  def text("public_key/include/public_key.hrl") do
    """
    -record('RSAPublicKey', {modulus, publicExponent}).
    -record('RSAPrivateKey', {version, modulus, publicExponent, privateExponent, prime1, prime2,
                              exponent1, exponent2, coefficient, otherPrimeInfos = asn1_NOVALUE}).
    -record('ECPoint', {point}).
    -record('ECPrivateKey', {version, privateKey, parameters = asn1_NOVALUE, publicKey = asn1_NOVALUE,
                             attributes = asn1_NOVALUE}).
    -record('AlgorithmIdentifier', {algorithm, parameters = asn1_NOVALUE}).
    -record('AttributeTypeAndValue', {type, value}).
    -record('Extension', {extnID, critical = asn1_DEFAULT, extnValue}).
    -record('Validity', {notBefore, notAfter}).
    -record('Certificate', {tbsCertificate, signatureAlgorithm, signature}).
    -record('OTPCertificate', {tbsCertificate, signatureAlgorithm, signature}).
    -define(TBS, version = asn1_DEFAULT, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo,
                 issuerUniqueID = asn1_NOVALUE, subjectUniqueID = asn1_NOVALUE, extensions = asn1_NOVALUE).
    -record('TBSCertificate', {?TBS}).
    -record('OTPTBSCertificate', {?TBS}).
    -record('OTPSubjectPublicKeyInfo', {algorithm, subjectPublicKey}).
    """
  end

  def text(_path), do: nil
end
