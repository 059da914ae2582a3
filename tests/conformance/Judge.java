// Asks veraPDF whether PDFs conform, and prints a line of JSON for each file and flavour.
//
//     java -cp … Judge.java 2a,ua1 A.pdf B.pdf     or the paths on standard input, one a line
//
// Whatever veraPDF cannot judge has not passed: without JAXB it knows no flavour at all.

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.processor.reports.enums.JobEndStatus;

public class Judge {
    /** The verdict of one flavour: its failed rules as JSON, or why there is none. */
    record Verdict(boolean passed, String failed, String error) {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // nothing else may write between the lines of JSON
        for (String path : paths(arguments)) {
            for (String flavour : arguments[0].split(",")) {
                Verdict verdict = judge(new File(path), flavour);
                out.printf("{\"file\":%s,\"flavour\":%s,\"passed\":%s,\"failed\":[%s],\"error\":%s}%n",
                        quote(path), quote(flavour), verdict.passed, verdict.failed, quote(verdict.error));
            }
        }
    }

    private static List<String> paths(String[] arguments) throws Exception {
        if (arguments.length > 1) {
            return List.of(arguments).subList(1, arguments.length);
        }
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).lines().toList();
    }

    private static Verdict judge(File file, String name) {
        try {
            VeraGreenfieldFoundryProvider.initialise();
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
            if (!Profiles.getVeraProfileDirectory().getPDFAFlavours().contains(flavour)) {
                return new Verdict(false, "", "flavour not supported: " + name + " (is JAXB on the class path?)");
            }
            VeraPDFFoundry foundry = Foundries.defaultInstance();
            try (PDFAParser parser = foundry.createParser(file, flavour);
                    PDFAValidator validator = foundry.createValidator(flavour, false)) {
                return verdict(validator.validate(parser), flavour);
            }
        } catch (Exception | LinkageError | StackOverflowError problem) {
            return new Verdict(false, "", problem.toString());
        }
    }

    private static Verdict verdict(ValidationResult result, PDFAFlavour flavour) {
        if (result.getPDFAFlavour() != flavour || result.getTotalAssertions() == 0
                || result.getJobEndStatus() != JobEndStatus.NORMAL) {
            return new Verdict(false, "", "not judged: " + result.getPDFAFlavour() + ", " + result.getJobEndStatus());
        }
        Map<RuleId, String> messages = new HashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String precise = assertion.getErrorMessage();
                messages.putIfAbsent(assertion.getRuleId(), precise != null ? precise : assertion.getMessage());
            }
        }
        List<String> failed = new ArrayList<>();
        result.getFailedChecks().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<RuleId, Integer> entry) -> entry.getKey().getClause())
                        .thenComparing(entry -> entry.getKey().getTestNumber()))
                .forEach(entry -> failed.add(String.format("{\"clause\":%s,\"test\":%d,\"message\":%s,\"count\":%d}",
                        quote(entry.getKey().getClause()), entry.getKey().getTestNumber(),
                        quote(messages.get(entry.getKey())), entry.getValue())));
        return new Verdict(result.isCompliant() && failed.isEmpty(), String.join(",", failed), null);
    }

    private static String quote(String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (char character : text.toCharArray()) {
            if (character == '"' || character == '\\') {
                quoted.append('\\').append(character);
            } else if (character < ' ' || character > '~') {
                quoted.append(String.format("\\u%04x", (int) character));
            } else {
                quoted.append(character);
            }
        }
        return quoted.append('"').toString();
    }
}
