package dev.outrigger.http;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The names by which a certificate's owner goes. */
final class CertificateNames {

    /** Of RFC 5280's general names: e-mail, DNS and URI. */
    private static final Set<Integer> ALTERNATIVES = Set.of(1, 2, 6);

    private CertificateNames() {}

    /** The common name, then the alternative names; at least one, the whole subject where there is nothing else. */
    static List<String> of(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        List<String> names = new ArrayList<>();
        addCommonName(names, subject);
        addAlternatives(names, certificate);
        if (names.isEmpty()) {
            names.add(subject.isBlank() ? "certificate " + certificate.getSerialNumber() : subject);
        }
        return names;
    }

    private static void addCommonName(List<String> names, String subject) {
        try {
            for (Rdn part : new LdapName(subject).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")
                        && part.getValue() instanceof String name
                        && !name.isBlank()) {
                    names.add(name);
                }
            }
        } catch (InvalidNameException e) {
            // A subject that is no name has no common name.
        }
    }

    private static void addAlternatives(List<String> names, X509Certificate certificate) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (ALTERNATIVES.contains(alternative.get(0)) && alternative.get(1) instanceof String name) {
                        names.add(name);
                    }
                }
            }
        } catch (CertificateParsingException e) {
            // Alternatives that cannot be read are none.
        }
    }
}
