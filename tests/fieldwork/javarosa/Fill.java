import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.javarosa.core.model.*;
import org.javarosa.core.model.data.*;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.reference.*;
import org.javarosa.core.services.IPropertyManager;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.core.services.properties.IPropertyRules;
import org.javarosa.form.api.*;
import org.javarosa.model.xform.*;
import org.javarosa.xform.util.XFormUtils;

/**
 * Fills a form question by question, as ODK Collect does (JavaRosa, from ODK Validate's jar).
 * Arguments: the form; the folder of its lists; a file of answers, "path<TAB>answer" a line, where a path is as
 * JavaRosa writes it (/data[1]/member[2]/person[1]/family_name[1]) without [1]; where to write the submission.
 */
public class Fill {
    static Map<String, String> answers = new LinkedHashMap<>();

    public static void main(String[] args) throws Exception {
        for (String line : Files.readAllLines(Paths.get(args[2]), StandardCharsets.UTF_8)) {
            String[] cells = line.split("\t", 2);
            if (cells.length == 2) answers.put(cells[0], cells[1]);
        }
        FormDef form = open(args[0], args[1]);
        FormEntryModel model = new FormEntryModel(form);
        FormEntryController controller = new FormEntryController(model);
        form.initialize(true, new InstanceInitializationFactory());
        controller.jumpToIndex(FormIndex.createBeginningOfFormIndex());
        for (int event; (event = controller.stepToNextEvent()) != FormEntryController.EVENT_END_OF_FORM; ) {
            if (event == FormEntryController.EVENT_QUESTION) answer(controller, model.getQuestionPrompt());
            if (event == FormEntryController.EVENT_PROMPT_NEW_REPEAT && wanted(place(model.getFormIndex()))) {
                controller.newRepeat();
            }
        }
        ValidateOutcome refused = form.validate(true);
        if (refused != null) throw new IllegalStateException("refused: " + refused.failedPrompt.getReference());
        form.postProcessInstance();
        Files.write(Paths.get(args[3]), new XFormSerializingVisitor().serializeInstance(form.getMainInstance()));
    }

    static String place(FormIndex index) {
        return index.getReference().toString(true).replace("[1]", "");
    }

    static boolean wanted(String repeat) {
        return answers.keySet().stream().anyMatch(path -> path.startsWith(repeat + "/"));
    }

    static void answer(FormEntryController controller, FormEntryPrompt question) throws Exception {
        String said = answers.remove(place(question.getIndex()));
        if (said == null) return;
        int outcome = controller.answerQuestion(data(question, said), true);
        if (outcome != FormEntryController.ANSWER_OK) throw new IllegalStateException("refused: " + said);
    }

    static IAnswerData data(FormEntryPrompt question, String said) throws Exception {
        switch (question.getDataType()) {
            case Constants.DATATYPE_INTEGER: return new IntegerData(Integer.parseInt(said));
            case Constants.DATATYPE_DECIMAL: return new DecimalData(Double.parseDouble(said));
            case Constants.DATATYPE_DATE: return new DateData(new java.text.SimpleDateFormat("yyyy-MM-dd").parse(said));
            default:
        }
        if (question.getControlType() != Constants.CONTROL_SELECT_ONE) return new StringData(said);
        for (SelectChoice choice : question.getSelectChoices()) {
            if (choice.getValue().equals(said)) return new SelectOneData(choice.selection());
        }
        throw new IllegalStateException("not offered: " + said);
    }

    static FormDef open(String form, String lists) throws Exception {
        new XFormsModule().registerModule();
        PropertyManager.setPropertyManager(new Properties());
        ReferenceManager manager = ReferenceManager.instance();
        manager.addReferenceFactory(new Lists(new File(lists)));
        manager.addSessionRootTranslator(new RootTranslator("jr://file-csv/", "jr://file/"));
        return XFormUtils.getFormFromFormXml(form, "jr://file/");
    }

    static class Properties implements IPropertyManager {
        public List<String> getProperty(String name) { return Collections.singletonList(name); }
        public void setProperty(String name, String value) {}
        public void setProperty(String name, List<String> value) {}
        public String getSingularProperty(String name) { return "collect:test"; }
        public void addRules(IPropertyRules rules) {}
        public List<IPropertyRules> getRules() { return null; }
    }

    static class Lists extends PrefixedRootFactory {
        final File folder;

        Lists(File folder) {
            super(new String[] {"file"});
            this.folder = folder;
        }

        @Override
        protected Reference factory(String terminal, String uri) {
            File file = new File(folder, terminal);
            return new Reference() {
                public boolean doesBinaryExist() { return file.exists(); }
                public InputStream getStream() throws IOException { return new FileInputStream(file); }
                public String getURI() { return uri; }
                public String getLocalURI() { return file.getPath(); }
                public boolean isReadOnly() { return true; }
                public OutputStream getOutputStream() { return null; }
                public void remove() {}
                public Reference[] probeAlternativeReferences() { return new Reference[0]; }
            };
        }
    }
}
